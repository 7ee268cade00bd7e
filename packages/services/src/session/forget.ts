import type { Ports } from '../context.ts';

/** Lets this process know at once that sessions have ended. Other processes hear of it from the database. */
export function forgetSessions(
  { sessionCache }: Pick<Ports, 'sessionCache'>,
  sessionIds: readonly string[],
): void {
  for (const id of sessionIds) sessionCache.forgetSession(id);
}
