import { clearFailures, lockedUntil, noteFailure } from '@tenantry/db/session/guard';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';

/** Ten failures under one key within 15 minutes lock that key, and nothing else, for 15 minutes. */
const guardRule = { failuresMax: 10, windowSeconds: 900, lockSeconds: 900 };

/**
 * Runs an attempt to prove an identity. A refusal `unauthenticated` counts as a failure of the key, a success clears
 * the key; a locked key is refused as `throttled` before anything is tried.
 */
export async function guarded<T>(
  { database, now }: Pick<DirectoryContext, 'database' | 'now'>,
  guardKey: string,
  attempt: () => Promise<T>,
): Promise<T | Refusal<'throttled'>> {
  const locked = await lockedUntil(database, guardKey, now);
  if (locked !== undefined) return refuse('throttled', { retryAfterSeconds: secondsUntil(locked, now) });
  const outcome = await attempt();
  if (!isRefusal(outcome)) await clearFailures(database, guardKey);
  else if (outcome.refused === 'unauthenticated') await noteFailure(database, guardKey, guardRule, now);
  return outcome;
}

const secondsUntil = (at: Date, now: Date) => Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1000));
