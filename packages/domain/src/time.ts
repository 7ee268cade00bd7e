/** The one clock of a process; tests hand in their own. */
export type Clock = () => Date;

/** The time of an account whose test clock is so far ahead of real time. */
export function timeAhead(realTime: Date, aheadMilliseconds = 0): Date {
  return aheadMilliseconds === 0 ? realTime : new Date(realTime.getTime() + aheadMilliseconds);
}

/** Adds whole days of 24 hours. */
export function addDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * 86_400_000);
}

/** Adds calendar months in UTC; the day is cut to the length of the month it lands in. */
export function addMonths(at: Date, months: number): Date {
  const moved = new Date(at);
  const day = moved.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return moved;
}

/** The whole seconds from `now` until a later time, at least one. */
export function secondsUntil(at: Date, now: Date): number {
  return Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1000));
}
