import { type Refusal, refuse } from '../refusals.ts';

/**
 * What a site or a key has spent of a UTC day, and the most that it may. It is counted whether or not there is a limit, so
 * that a limit which is set, changed or removed forgets nothing.
 */
export interface SpendingLimit {
  /** Of the site, or of the group of keys that share a count: a key and those that it was rotated from. */
  id: string;
  subject: 'site' | 'key';
  /** Null for no limit. */
  creditsPerDayMax: number | null;
  /** The day that `used` belongs to, as `2026-01-31`; on a later one nothing is used yet. */
  day: string;
  /** Held and spent by holds of that day, and what settles and true-ups of that day took above their holds. */
  used: number;
}

/** A limit as it is set: the most of a UTC day, null for none. */
export type SpendingCap = Pick<SpendingLimit, 'id' | 'subject' | 'creditsPerDayMax'>;

/** Who spends: the site that work is for, and the limit group of the key that asked for it. */
export interface Spender {
  siteId: string | null;
  limitGroupId: string | null;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The day on which a limit counts at `now`. A clock that is behind counts on the newer day, so that no count is lost. */
const countedDay = ({ day }: Pick<SpendingLimit, 'day'>, now: Date): string =>
  day > dayOf(now) ? day : dayOf(now);

/** What is used of a limit on the day of `now`. */
export function usedToday(limit: Pick<SpendingLimit, 'day' | 'used'>, now: Date): number {
  return limit.day === countedDay(limit, now) ? limit.used : 0;
}

/** The limits of a spender; one that is not stored yet has counted nothing. */
function limitsOf(limits: readonly SpendingLimit[], spender: Spender, now: Date): SpendingLimit[] {
  const subjects = [
    { id: spender.siteId, subject: 'site' },
    { id: spender.limitGroupId, subject: 'key' },
  ] as const;
  return subjects.flatMap(({ id, subject }) => {
    if (id === null) return [];
    const known = limits.find((limit) => limit.id === id);
    return [known ?? { id, subject, creditsPerDayMax: null, day: dayOf(now), used: 0 }];
  });
}

/** Counts credits of a spender on the day of `now`. Refuses `spending_limit_reached` with the figures. */
export function countSpending(
  limits: readonly SpendingLimit[],
  spender: Spender,
  amount: number,
  now: Date,
): readonly SpendingLimit[] | Refusal<'spending_limit_reached'> {
  // A limit that was lowered below what is used of it lets pass what costs nothing more.
  if (amount === 0) return limits;
  const own = limitsOf(limits, spender, now);
  for (const limit of own) {
    const { creditsPerDayMax } = limit;
    const used = usedToday(limit, now);
    if (creditsPerDayMax !== null && used + amount > creditsPerDayMax)
      return refuse('spending_limit_reached', { limit: creditsPerDayMax, used, required: amount });
  }
  const counted = own.map((limit) => ({
    ...limit,
    day: countedDay(limit, now),
    used: usedToday(limit, now) + amount,
  }));
  return replaceIn(limits, counted);
}

/** Sets how much a site or a group of keys may spend in a day, or lifts that with null. What was counted stays. */
export function setSpendingLimit(
  limits: readonly SpendingLimit[],
  { id, subject, creditsPerDayMax }: SpendingCap,
  now: Date,
): readonly SpendingLimit[] {
  const known = limits.find((limit) => limit.id === id);
  const limit = known ?? { id, subject, day: dayOf(now), used: 0 };
  return replaceIn(limits, [{ ...limit, creditsPerDayMax }]);
}

/** Gives back credits that were counted at a time and are not spent; a day that is over has no count any more. */
export function giveBackSpending(
  limits: readonly SpendingLimit[],
  { siteId, limitGroupId }: Spender,
  countedAt: Date,
  amount: number,
): readonly SpendingLimit[] {
  const isCounted = ({ id, day }: SpendingLimit) =>
    (id === siteId || id === limitGroupId) && day === dayOf(countedAt);
  if (amount === 0 || !limits.some(isCounted)) return limits;
  return limits.map((limit) =>
    // What was held before every hold was counted may be given back after it.
    isCounted(limit) ? { ...limit, used: Math.max(0, limit.used - amount) } : limit,
  );
}

function replaceIn(
  limits: readonly SpendingLimit[],
  changed: readonly SpendingLimit[],
): readonly SpendingLimit[] {
  const byId = new Map([...limits, ...changed].map((limit) => [limit.id, limit]));
  return [...byId.values()];
}
