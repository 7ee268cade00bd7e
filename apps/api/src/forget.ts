import type { RequestContext } from './request-context.ts';

/** This process knows at once that sessions have ended; the others hear of it from the database. */
export function forgetSessions({ app }: RequestContext, sessionIds: readonly string[]): void {
  for (const id of sessionIds) app.authentication.accessCache.forgetSession(id);
}
