import { revokeSessions } from '@tenantry/db/session/queries';
import type { Flow } from '../ports.ts';

/** Signs out of one session of a user, or of all when none is named; answers the ids of those that ended. */
export function deleteSessions(
  { database, callInfo }: Flow,
  { userId, sessionId }: { userId: string; sessionId?: string },
): Promise<string[]> {
  return revokeSessions(database, userId, sessionId, callInfo.now);
}
