import type { ChangePasswordInput } from '@tenantry/contract/me';
import { revokeSessions } from '@tenantry/db/session/queries';
import { findUserById, setPasswordHash } from '@tenantry/db/user/queries';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';
import { guarded } from '../session/guard.ts';

/**
 * Sets a new password for a person who knows the old one, and ends every session but this one. Answers the ids of
 * those that ended. Refuses `unauthenticated` for a wrong password, `throttled` after too
 * many.
 */
export async function changePassword(
  flow: Flow,
  identity: Identity,
  person: { userId: string; sessionId: string },
  { currentPassword, newPassword }: ChangePasswordInput,
): Promise<{ sessionIds: string[] } | Refusal<'unauthenticated' | 'throttled'>> {
  const { userId, sessionId } = person;
  const { database, callInfo } = flow;
  const proven = await guarded(flow, identity.digestText(`${userId} password`), async () => {
    const user = await findUserById(database, userId);
    const right = user !== null && (await identity.verifyPassword(user.passwordHash, currentPassword));
    return right ? user : refuse('unauthenticated');
  });
  if (isRefusal(proven)) return proven;
  const passwordHash = await identity.hashPassword(newPassword);
  await database.withoutAccount.write({ userId }, (tx) => setPasswordHash(tx, userId, passwordHash));
  return { sessionIds: await revokeSessions(database, userId, undefined, callInfo.now, sessionId) };
}
