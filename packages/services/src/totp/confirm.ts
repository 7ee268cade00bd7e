import type { TotpCodeInput } from '@tenantry/contract/totp';
import { confirmSecondFactor, findSecondFactor } from '@tenantry/db/second-factor/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';

/**
 * Confirms an authenticator app with one of its codes; from now on sign-in asks for one. Answers the recovery codes,
 * which no later answer has. Refuses `conflict` when there is nothing to confirm, and `unauthenticated` for a wrong code.
 */
export async function confirmTotp(
  { commit, database, actor, now, identity }: PersonContext<'identity'>,
  { code }: TotpCodeInput,
) {
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  const factor = await findSecondFactor(database, userId);
  if (factor === undefined || factor.isConfirmed) return refuse('conflict');
  const { text: secret } = identity.unseal(factor.sealedSecret);
  const step = identity.stepOfCode(secret, code, now, factor.lastStep);
  if (step === undefined) return refuse('unauthenticated');
  const { codes, digests } = identity.mintRecoveryCodes();
  return commit(async (tx) => {
    const isConfirmed = await confirmSecondFactor(tx, userId, { step, now, recoveryDigests: digests });
    return isConfirmed ? { recoveryCodes: codes } : refuse('unauthenticated');
  });
}
