import type { OwnerCodeInput } from '@tenantry/contract/totp';
import { userFactors } from '@tenantry/db/second-factor/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { withSecondFactor } from './with-second-factor.ts';

/**
 * Makes new recovery codes in place of the old ones, with the password and a code. Only this answer has them. Refuses
 * `conflict` when no second factor is confirmed, `unauthenticated`, `throttled`.
 */
export async function renewRecoveryCodes(
  { commit, ...context }: PersonContext<'identity'>,
  input: OwnerCodeInput,
) {
  const { actor, identity } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  const { codes, digests } = identity.mintRecoveryCodes();
  return withSecondFactor(context, { userId, ...input, isConfirmed: true }, (settle) =>
    commit(async (tx) => {
      const stale = await settle(tx);
      if (stale !== undefined) return stale;
      await userFactors.replaceRecoveryCodes(tx, userId, digests);
      return { recoveryCodes: codes };
    }),
  );
}
