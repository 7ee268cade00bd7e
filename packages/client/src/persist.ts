import { problemOf } from './problem.ts';

/** How long one call is tried. */
export interface Patience {
  /** How often at most, the first time included. Default: 6. */
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
 * to try again, with growing, jittered waits. The call must be safe to repeat. Throws what the last attempt threw.
 */
export async function persist<Answer>(
  call: (signal: AbortSignal) => Promise<Answer>,
  { attemptsMax = 6, attemptSeconds = 10 }: Patience,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(AbortSignal.timeout(attemptSeconds * 1000));
    } catch (fault) {
      const askedSeconds = secondsToWait(fault);
      if (attempt >= attemptsMax || askedSeconds === undefined) throw fault;
      const waitMilliseconds = askedSeconds * 1000 + jitter(attempt);
      await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
    }
  }
}

/** Seconds that the API asks to wait before another attempt, 0 where it does not say, undefined if no attempt can succeed. */
function secondsToWait(fault: unknown): number | undefined {
  const problem = problemOf(fault);
  if (problem === undefined) return 0;
  const { status, code, retryAfterSeconds = 0 } = problem;
  const mayPass = status === 429 || status >= 500 || code === 'idempotency_in_flight';
  return mayPass && retryAfterSeconds <= retryAfterSecondsMax ? retryAfterSeconds : undefined;
}

function jitter(attempt: number): number {
  return Math.random() * Math.min(waitMillisecondsMax, firstWaitMilliseconds * 2 ** (attempt - 1));
}
