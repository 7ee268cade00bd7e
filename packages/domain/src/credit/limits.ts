import { type Refusal, refuse } from '../refusals.ts';

/** The most that a site or a key may spend in a UTC day, with what it has spent of it. */
export interface SpendingLimit {
  /** Of the site or the key. */
  id: string;
  subject: 'site' | 'key';
  creditsPerDayMax: number;
  /** The day that `used` belongs to, as `2026-01-31`; on any other nothing is used yet. */
  day: string;
  /** Held and spent by holds of that day. */
  used: number;
}

/** Who spends: the site that work is for, and the key that asked for it. */
export interface Spender {
  siteId: string | null;
  keyId: string | null;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const binds = ({ id }: SpendingLimit, { siteId, keyId }: Spender) => id === siteId || id === keyId;

/** What is used of a limit on the day of `now`. */
export function usedToday({ day, used }: Pick<SpendingLimit, 'day' | 'used'>, now: Date): number {
  return day === dayOf(now) ? used : 0;
}

/** Counts credits against every limit that binds the spender. Refuses `spending_limit_reached` with the figures. */
export function countSpending(
  limits: readonly SpendingLimit[],
  spender: Spender,
  amount: number,
  now: Date,
): readonly SpendingLimit[] | Refusal<'spending_limit_reached'> {
  const bound = limits.filter((limit) => binds(limit, spender));
  // A limit that was lowered below what is used of it lets pass what costs nothing more.
  if (amount === 0 || bound.length === 0) return limits;
  const full = bound.find((limit) => usedToday(limit, now) + amount > limit.creditsPerDayMax);
  if (full !== undefined) {
    const used = usedToday(full, now);
    return refuse('spending_limit_reached', { limit: full.creditsPerDayMax, used, required: amount });
  }
  return limits.map((limit) =>
    bound.includes(limit) ? { ...limit, day: dayOf(now), used: usedToday(limit, now) + amount } : limit,
  );
}

/** Gives back what a hold did not spend, to the limits of the day it was made on. */
export function giveBackSpending(
  limits: readonly SpendingLimit[],
  { createdAt, ...spender }: Spender & { createdAt: Date },
  amount: number,
): readonly SpendingLimit[] {
  const isCounted = (limit: SpendingLimit) => binds(limit, spender) && limit.day === dayOf(createdAt);
  if (amount === 0 || !limits.some(isCounted)) return limits;
  return limits.map((limit) =>
    // No limit gets back more than it has counted.
    isCounted(limit) ? { ...limit, used: Math.max(0, limit.used - amount) } : limit,
  );
}
