import { revokeSessionsOf } from '@tenantry/db/session/queries';
import type { Transaction } from '@tenantry/db/transaction';
import type { DirectoryContext } from '../context.ts';

/** Which sessions of a person a change ends: one, all but one, or all. */
export type EndedSessions = { sessionId: string } | { exceptId: string } | 'all';

/**
 * Runs a change that ends sessions of a person in its own transaction. `write` opens that transaction. This process
 * forgets the sessions once the change is committed; other processes hear of it from the database.
 */
export async function endSessionsWith<T>(
  { sessionCache, now }: Pick<DirectoryContext<'sessionCache'>, 'sessionCache' | 'now'>,
  { userId, sessions }: { userId: string; sessions: EndedSessions },
  write: (endSessions: (tx: Transaction) => Promise<void>) => Promise<T>,
): Promise<T> {
  let ended: string[] = [];
  const answer = await write(async (tx) => {
    ended = await revokeSessionsOf(tx, userId, { now, ...(sessions === 'all' ? {} : sessions) });
  });
  for (const id of ended) sessionCache.forgetSession(id);
  return answer;
}
