import type { Signal } from './host.ts';
import { problemOf } from './problem.ts';

/** How long one call is tried. */
export interface Patience {
  /** How often at most, the first time included. Default: 6; for a settle, as often as its time allows. */
  attemptsMax?: number | undefined;
  /** How long one attempt may take before it counts as lost, in seconds. Default: 10. */
  attemptSeconds?: number | undefined;
}

const firstWaitMilliseconds = 200;
const waitMillisecondsMax = 5000;
/** A longer wait is the caller's to decide: the refusal is thrown instead. */
const retryAfterSecondsMax = 10;

/**
 * Repeats a call until it is answered. It repeats after a lost answer, a fault of the API, or a refusal that says when
 * to try again, with growing, jittered waits. With `until`, a time of `performance.now()`, it repeats until then, and
 * waits as long as the API asks; no attempt begins later. The call must be safe to repeat. Throws what the last attempt
 * threw.
 */
export async function persist<Answer>(
  call: (signal: Signal) => Promise<Answer>,
  { attemptsMax, attemptSeconds = 10, until }: Patience & { until?: number },
): Promise<Answer> {
  const lastAttempt = attemptsMax ?? (until === undefined ? 6 : Number.POSITIVE_INFINITY);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(AbortSignal.timeout(attemptSeconds * 1000));
    } catch (fault) {
      if (attempt >= lastAttempt || !canPass(fault)) throw fault;
      const askedSeconds = problemOf(fault)?.retryAfterSeconds ?? 0;
      const waitMilliseconds = askedSeconds * 1000 + jitter(attempt);
      const isTooLong =
        until === undefined
          ? askedSeconds > retryAfterSecondsMax
          : performance.now() + waitMilliseconds > until;
      if (isTooLong) throw fault;
      await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
    }
  }
}

/** Whether the same call can succeed later: its answer was lost, the API failed, or it said when to try again. */
export function canPass(fault: unknown): boolean {
  const problem = problemOf(fault);
  if (problem === undefined) return true;
  const { status, code } = problem;
  return status === 429 || status >= 500 || code === 'idempotency_in_flight';
}

function jitter(attempt: number): number {
  return Math.random() * Math.min(waitMillisecondsMax, firstWaitMilliseconds * 2 ** (attempt - 1));
}
