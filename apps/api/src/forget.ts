import type { Street } from './street.ts';

/** This process knows at once that sessions have ended; the others hear of it from the database. */
export function forgetSessions({ house }: Street, sessionIds: readonly string[]): void {
  for (const id of sessionIds) house.authentication.facts.forgetSession(id);
}
