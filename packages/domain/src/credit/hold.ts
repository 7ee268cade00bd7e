import { type Refusal, refuse } from '../refusals.ts';
import { type Backing, type Grant, byBurnOrder, isLive } from './books.ts';

/** When a hold ends that is to live so many seconds from now. An extension never shortens it. */
export function extendedExpiry(expiresAt: Date, ttlSeconds: number, now: Date): Date {
  const asked = new Date(now.getTime() + ttlSeconds * 1000);
  return asked > expiresAt ? asked : expiresAt;
}

/**
 * Reserves `amount` credits from live grants in burn order.
 * Refuses with `insufficient_credits` and the figures, touching nothing.
 */
export function hold(
  grants: readonly Grant[],
  amount: number,
  now: Date,
): { backings: Backing[] } | Refusal<'insufficient_credits'> {
  const live = grants.filter((grant) => grant.available > 0 && isLive(grant, now));
  const available = live.reduce((sum, grant) => sum + grant.available, 0);
  if (available < amount) return refuse('insufficient_credits', { required: amount, available });
  const backings: Backing[] = [];
  let missing = amount;
  for (const grant of live.toSorted(byBurnOrder)) {
    if (missing === 0) break;
    const part = Math.min(missing, grant.available);
    backings.push({ grantId: grant.id, amount: part });
    missing -= part;
  }
  return { backings };
}
