import type { TotpCodeInput } from '@tenantry/contract/totp';
import { deleteSecondFactor, findSecondFactor } from '@tenantry/db/second-factor/queries';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';
import { guarded } from '../session/guard.ts';
import { isSecondFactorRight } from './check.ts';

/**
 * Removes the authenticator app, with one of its codes or a recovery code. Refuses `conflict` when there is none,
 * `unauthenticated`, `throttled`.
 */
export async function disableTotp(
  { commit, ...context }: PersonContext<'identity'>,
  { code }: TotpCodeInput,
) {
  const { actor, database, identity } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  const factor = await findSecondFactor(database, userId);
  if (factor === undefined) return refuse('conflict');
  const proven = await guarded(context, identity.digestText(`${userId} second factor`), async () => {
    const isRight = !factor.isConfirmed || (await isSecondFactorRight(context, { userId, factor, code }));
    return isRight ? done : refuse('unauthenticated');
  });
  if (isRefusal(proven)) return proven;
  return commit(async (tx) => {
    await deleteSecondFactor(tx, userId);
    return done;
  });
}
