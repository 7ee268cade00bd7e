/** Seconds between an attempt that failed and the next one; the last delay repeats. */
const retryDelaysSeconds = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200] as const;

/** For how long a message is tried. The last attempt is made when this time is over. */
export const retryWindowSeconds = 3 * 86_400;

/** For how long an endpoint fails before a message that is given up disables it. */
export const failingSecondsMax = 5 * 86_400;

/** The longest delay that an endpoint may ask for by `Retry-After`. */
const retryAfterSecondsMax = 3600;

/** A delay is at most this part longer or shorter, so that what failed together is not tried together. */
export const jitter = 0.2;

/** What decides when a message is tried again. */
export interface FailedAttempt {
  /** How many attempts have failed, this one included. */
  attempts: number;
  /** From when on the message was tried. */
  since: Date;
  now: Date;
  /** From 0 up to 1. */
  random: number;
  /** What the endpoint asked for. */
  retryAfterSeconds?: number | undefined;
}

/** When a message is tried again; undefined when its time is over and it is given up. */
export function nextAttempt({
  attempts,
  since,
  now,
  random,
  retryAfterSeconds = 0,
}: FailedAttempt): Date | undefined {
  const end = since.getTime() + retryWindowSeconds * 1000;
  if (now.getTime() >= end) return undefined;
  const listed = retryDelaysSeconds[attempts - 1] ?? lastDelaySeconds;
  const spread = listed * (1 - jitter + 2 * jitter * random);
  const asked = Math.min(Math.max(0, retryAfterSeconds), retryAfterSecondsMax);
  return new Date(Math.min(now.getTime() + Math.max(spread, asked) * 1000, end));
}

const lastDelaySeconds = retryDelaysSeconds[retryDelaysSeconds.length - 1] ?? 0;

/** Whether an endpoint is disabled when a message is given up: nothing has reached it for too long. */
export function hasFailedTooLong(failingSince: Date, now: Date): boolean {
  return now.getTime() - failingSince.getTime() >= failingSecondsMax * 1000;
}
