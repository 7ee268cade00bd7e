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

/** A limit as it is set: the most of a UTC day, null for none, and what a new one has counted already. */
export interface SpendingCap extends Pick<SpendingLimit, 'id' | 'subject' | 'used'> {
  creditsPerDayMax: number | null;
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

/**
 * Sets how much a site or a key may spend in a day, or lifts that with null. A limit that there is keeps what it has
 * counted; a new one begins with `used`.
 */
export function setSpendingLimit(
  limits: readonly SpendingLimit[],
  { id, subject, creditsPerDayMax, used }: SpendingCap,
  now: Date,
): readonly SpendingLimit[] {
  if (creditsPerDayMax === null) return limits.filter((limit) => limit.id !== id);
  if (limits.some((limit) => limit.id === id))
    return limits.map((limit) => (limit.id === id ? { ...limit, creditsPerDayMax } : limit));
  return [...limits, { id, subject, creditsPerDayMax, day: dayOf(now), used }];
}

/** Whether a hold of a spender counts against the limits of the day of `now`. */
export function countsToday(createdAt: Date, now: Date): boolean {
  return dayOf(createdAt) === dayOf(now);
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
