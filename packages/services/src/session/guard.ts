import { clearFailures, lockedUntil, noteFailure } from '@tenantry/db/session/guard';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Flow } from '../ports.ts';

/** Ten failures under one key within a quarter of an hour lock that key, and nothing else, for as long. */
const guardRule = { failuresMax: 10, windowSeconds: 900, lockSeconds: 900 };

/**
 * Lets somebody try to prove who they are. An attempt that ends `unauthenticated` counts against the key, one that
 * succeeds clears it; a locked key is refused as `throttled` before anything is tried.
 */
export async function guarded<T>(
  { database, callInfo: { now } }: Flow,
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
