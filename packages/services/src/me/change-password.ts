import { revokeSessions } from '@tenantry/db/session/queries';
import { findUserById, setPasswordHash } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';

/**
 * Sets a new password for a person who knows the old one, and ends every session but this one. Answers the ids of
 * those that ended. Refuses `unauthenticated` for a wrong password.
 */
export async function changePassword(
  { database, deed }: Flow,
  identity: Identity,
  person: { userId: string; sessionId: string },
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<{ sessionIds: string[] } | Refusal<'unauthenticated'>> {
  const { userId, sessionId } = person;
  const user = await findUserById(database, userId);
  if (user === null || !(await identity.verifyPassword(user.passwordHash, currentPassword)))
    return refuse('unauthenticated');
  const passwordHash = await identity.hashPassword(newPassword);
  await database.look({ userId }, (em) => setPasswordHash(em, userId, passwordHash));
  return { sessionIds: await revokeSessions(database, userId, undefined, deed.now, sessionId) };
}
