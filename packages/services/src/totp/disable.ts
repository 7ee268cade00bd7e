import type { TotpCodeInput } from '@tenantry/contract/totp';
import { deleteSecondFactor, findSecondFactor, readSecondFactor } from '@tenantry/db/second-factor/queries';
import { findUserById } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';
import { guarded, secondFactorGuard } from '../session/guard.ts';
import { readCode, useCode } from './check.ts';

/**
 * Removes the authenticator app, with one of its codes or a recovery code. Refuses `conflict` when there is none,
 * `unauthenticated`, `throttled`.
 */
export async function disableTotp(
  { commit, ...context }: PersonContext<'identity'>,
  { code }: TotpCodeInput,
) {
  const { actor, database, now } = context;
  const user = actor.kind === 'user' ? await findUserById(database, actor.userId) : null;
  if (user === null) return refuse('unauthenticated');
  const factor = await findSecondFactor(database, user.id);
  if (factor === undefined) return refuse('conflict');
  return guarded(context, secondFactorGuard(context, user), async () => {
    const shown = factor.confirmedAt === null ? undefined : readCode(context, factor, code);
    if (factor.confirmedAt !== null && shown === undefined) return refuse('unauthenticated');
    return commit(async (tx) => {
      const current = await readSecondFactor(tx, user.id);
      if (current?.confirmedAt !== factor.confirmedAt) return refuse('conflict');
      if (shown !== undefined && !(await useCode(tx, user.id, shown, now))) return refuse('unauthenticated');
      await deleteSecondFactor(tx, user.id);
      return done;
    });
  });
}
