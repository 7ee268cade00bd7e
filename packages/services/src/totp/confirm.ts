import type { TotpCodeInput } from '@tenantry/contract/totp';
import { findSecondFactor, userFactors } from '@tenantry/db/second-factor/queries';
import { findUserById } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { guarded, secondFactorGuard } from '../session/guard.ts';

/**
 * Confirms an authenticator app with one of its codes; from now on sign-in asks for one. Answers the recovery codes,
 * which no later answer has. Refuses `email_unverified`, `conflict` when there is nothing to confirm, `unauthenticated` for a wrong code, and
 * `throttled` after too many.
 */
export async function confirmTotp(
  { commit, ...context }: PersonContext<'identity'>,
  { code }: TotpCodeInput,
) {
  const { actor, database, now, identity } = context;
  const user = actor.kind === 'user' ? await findUserById(database, actor.userId) : null;
  if (user === null) return refuse('unauthenticated');
  // One that was begun before addresses had to be confirmed first.
  if (user.emailVerifiedAt == null) return refuse('email_unverified');
  const factor = await findSecondFactor(database, user.id);
  if (factor === undefined || factor.confirmedAt !== null) return refuse('conflict');
  const { sealedSecret, lastStep } = factor;
  return guarded(context, secondFactorGuard(context, user), async () => {
    const step = identity.stepOfCode(identity.unseal(sealedSecret).text, code, now, lastStep);
    if (step === undefined) return refuse('unauthenticated');
    const { codes, digests } = identity.mintRecoveryCodes();
    return commit(async (tx) => {
      const app = { sealedSecret, step, now, recoveryDigests: digests };
      const isConfirmed = await userFactors.confirm(tx, user.id, app);
      return isConfirmed ? { recoveryCodes: codes } : refuse('unauthenticated');
    });
  });
}
