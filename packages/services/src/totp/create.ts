import { beginSecondFactor } from '@tenantry/db/second-factor/queries';
import { findUserById } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';

/**
 * Begins to set up an authenticator app; sign-in asks for no code before it is confirmed. Refuses `conflict` when one
 * is confirmed already.
 */
export async function createTotp({ commit, database, actor, now, identity }: PersonContext<'identity'>) {
  const user = actor.kind === 'user' ? await findUserById(database, actor.userId) : null;
  if (user === null) return refuse('unauthenticated');
  const { secret, uri } = identity.newTotpSecret(user.email);
  return commit(async (tx) => {
    const isBegun = await beginSecondFactor(tx, user.id, identity.seal(secret), now);
    return isBegun ? { secret, uri } : refuse('conflict');
  });
}
