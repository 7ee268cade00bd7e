import { findSecondFactor, takeStep } from '@tenantry/db/second-factor/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';

/**
 * Confirms an authenticator app with a code of it; from now on sign-in asks for one. Answers the recovery codes,
 * which are shown here and never again. Refuses `conflict` when there is nothing to confirm, `unauthenticated` for a
 * wrong code.
 */
export async function confirmTotp(
  { database, callInfo }: Flow,
  identity: Identity,
  { userId, code }: { userId: string; code: string },
): Promise<{ recoveryCodes: string[] } | Refusal<'conflict' | 'unauthenticated'>> {
  const factor = await findSecondFactor(database, userId);
  if (factor === undefined || factor.isConfirmed) return refuse('conflict');
  const step = identity.stepOfCode(
    identity.unseal(factor.sealedSecret).text,
    code,
    callInfo.now,
    factor.lastStep,
  );
  if (step === undefined) return refuse('unauthenticated');
  const { codes, digests } = identity.mintRecoveryCodes();
  const confirmed = await takeStep(database, userId, step, {
    confirmation: { now: callInfo.now, recoveryDigests: digests },
  });
  return confirmed ? { recoveryCodes: codes } : refuse('unauthenticated');
}
