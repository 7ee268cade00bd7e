import type { OwnerCodeInput } from '@tenantry/contract/totp';
import { userFactors } from '@tenantry/db/second-factor/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';
import { withSecondFactor } from './with-second-factor.ts';

/**
 * Removes the authenticator app, with the password and one of its codes or a recovery code; one that was never confirmed
 * needs no right code. Refuses `conflict` when there is none, `unauthenticated`, `throttled`.
 */
export async function disableTotp({ commit, ...context }: PersonContext<'identity'>, input: OwnerCodeInput) {
  const { actor } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  return withSecondFactor(context, { userId, ...input }, (settle) =>
    commit(async (tx) => {
      const stale = await settle(tx);
      if (stale !== undefined) return stale;
      await userFactors.remove(tx, userId);
      return done;
    }),
  );
}
