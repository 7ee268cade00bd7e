import { type SecondFactor, takeStep, useRecoveryCode } from '@tenantry/db/second-factor/queries';
import type { Flow, Identity } from '../ports.ts';

/** Whether a code is the person's: one of their app that was not taken before, or an unused recovery code. */
export async function checkSecondFactor(
  { database, callInfo }: Flow,
  identity: Identity,
  userId: string,
  { sealedSecret, lastStep }: SecondFactor,
  code: string,
): Promise<boolean> {
  const recovery = identity.digestRecoveryCode(code);
  if (recovery !== undefined) return useRecoveryCode(database, userId, recovery, callInfo.now);
  const step = identity.stepOfCode(identity.unseal(sealedSecret), code, callInfo.now, lastStep);
  return step !== undefined && takeStep(database, userId, step);
}
