import { type SecondFactor, takeStep, useRecoveryCode } from '@tenantry/db/second-factor/queries';
import type { Flow, Identity } from '../ports.ts';

/**
 * Whether a code is the person's: one of their app that was not taken before, or an unused recovery code. It takes the
 * code, and seals the app's secret again when an older key sealed it.
 */
export async function checkSecondFactor(
  { database, callInfo }: Flow,
  identity: Identity,
  userId: string,
  { sealedSecret, lastStep }: SecondFactor,
  code: string,
): Promise<boolean> {
  const recovery = identity.digestRecoveryCode(code);
  if (recovery !== undefined) return useRecoveryCode(database, userId, recovery, callInfo.now);
  const secret = identity.unseal(sealedSecret);
  const step = identity.stepOfCode(secret.text, code, callInfo.now, lastStep);
  if (step === undefined) return false;
  const reseal = secret.isOutdated ? { from: sealedSecret, to: identity.seal(secret.text) } : undefined;
  return takeStep(database, userId, step, { reseal });
}
