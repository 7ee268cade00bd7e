import type { ChangePasswordInput } from '@tenantry/contract/me';
import { revokeSessionsOf } from '@tenantry/db/session/queries';
import { findUserById, setPasswordHash } from '@tenantry/db/user/queries';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';
import { guarded } from '../session/guard.ts';
import { forgetSessions } from '../session/forget.ts';

/**
 * Sets a new password for a person who knows the old one, and ends every session but this one, in one transaction.
 * Refuses `unauthenticated` for a wrong password, and `throttled` after too many.
 */
export async function changePassword(
  { commit, ...context }: PersonContext<'identity' | 'sessionCache'>,
  { currentPassword, newPassword }: ChangePasswordInput,
) {
  const { database, actor, now, identity } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId, sessionId } = actor;
  const guardKey = identity.digestText(`${userId} password`);
  const proven = await guarded(context, guardKey, async () => {
    const user = await findUserById(database, userId);
    const isRight = user !== null && (await identity.verifyPassword(user.passwordHash, currentPassword));
    return isRight ? user : refuse('unauthenticated');
  });
  if (isRefusal(proven)) return proven;
  const passwordHash = await identity.hashPassword(newPassword);
  let ended: string[] = [];
  const answer = await commit(async (tx) => {
    await setPasswordHash(tx, userId, passwordHash);
    ended = await revokeSessionsOf(tx, userId, { now, exceptId: sessionId });
    return done;
  });
  forgetSessions(context, ended);
  return answer;
}
