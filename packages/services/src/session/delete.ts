import { revokeSessions } from '@tenantry/db/session/queries';
import type { Flow } from '../ports.ts';

/** Signs out of the current session. */
export async function deleteSession(
  { database, deed }: Flow,
  userId: string,
  sessionId: string,
): Promise<void> {
  await revokeSessions(database, userId, sessionId, deed.now);
}

/** Signs out everywhere. */
export async function deleteAllSessions({ database, deed }: Flow, userId: string): Promise<void> {
  await revokeSessions(database, userId, undefined, deed.now);
}
