import type { Transaction } from '@tenantry/db/transaction';
import type { User } from '@tenantry/db/user/entity';
import { findUserById, lockUser } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { guarded } from '../session/guard.ts';

/**
 * Runs what a signed-in person may do who knows the password as well. `act` calls `settleOwner` in the transaction that
 * it writes. Refuses `unauthenticated` for a wrong password, and `throttled` after too many.
 */
export async function confirmOwner<T>(
  context: DirectoryContext<'identity'>,
  { userId, password }: { userId: string; password: string },
  act: (owner: User) => Promise<T>,
): Promise<T | Refusal<'unauthenticated' | 'throttled'>> {
  const { database, identity } = context;
  const user = await findUserById(database, userId);
  if (user === null) return refuse('unauthenticated');
  const guard = { key: identity.digestText(`${userId} password`), subject: user.emailDigest };
  return guarded(context, guard, async () => {
    const isRight = await identity.verifyPassword(user.passwordHash, password);
    return isRight ? act(user) : refuse('unauthenticated');
  });
}

/** Locks the person, and refuses `unauthenticated` when the password is no longer the one that was verified. */
export async function settleOwner(
  tx: Transaction,
  { id, passwordHash }: Pick<User, 'id' | 'passwordHash'>,
): Promise<Refusal<'unauthenticated'> | undefined> {
  const locked = await lockUser(tx, id);
  return locked?.passwordHash === passwordHash ? undefined : refuse('unauthenticated');
}
