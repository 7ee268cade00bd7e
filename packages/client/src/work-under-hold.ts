import type { TRPCClient } from '@trpc/client';
import { type Hold, type ResolvedHold, SettleError, type Used, figureOf } from './hold.ts';
import type { Signal } from './host.ts';
import { type Patience, persist } from './persist.ts';
import type { AppRouter } from './router.ts';

/** How work is run, besides what it holds. */
export interface WorkOptions extends Patience {
  /** Ends the work early: the work's own signal aborts with it. */
  signal?: Signal | undefined;
  /**
   * Names the work: a repeated call within 24 hours gets the same hold and is charged once. Needs `credit:read` too.
   * Default: a new key for each call.
   */
  idempotencyKey?: string | undefined;
  /**
   * For how long the settle is tried, in seconds, however often; never after the hold has expired. Default: 900, the
   * life of a hold that names none.
   */
  settleSecondsMax?: number | undefined;
}

/**
 * Lets the hold of the work live for so many seconds from now, at most a day, and never shortens it. The signal of the
 * work aborts that much later. Throws the client's ordinary error, `hold_resolved` once the hold has expired.
 */
export type Extend = (ttlSeconds: number) => Promise<Hold>;

/**
 * Work on credits. It receives its hold, a signal that aborts while there is still time to settle, and what lets the hold
 * live longer.
 */
export type Work<Value> = (hold: Hold, signal: Signal, extend: Extend) => Promise<{ value: Value } & Used>;

/** A hold that is open, and how it was asked for. */
interface OpenHold {
  credit: TRPCClient<AppRouter>['credit'];
  hold: Hold;
  /** The key that the hold was made with; what resolves it has the same. */
  idempotencyKey: string;
  /** When it was asked for, in milliseconds of `performance.now()`. */
  begunAt: number;
}

/**
 * Runs work under a hold that is open, and resolves the hold: settled at the usage that the work returns, or released when
 * the work throws. Throws what `withCredits` throws, but for a refused hold.
 */
export async function workUnderHold<Value>(
  { credit, hold, idempotencyKey, begunAt }: OpenHold,
  { signal, attemptsMax, attemptSeconds, settleSecondsMax }: WorkOptions,
  work: Work<Value>,
): Promise<{ value: Value; hold: ResolvedHold }> {
  const holdId = hold.id;
  const ask = <Answer>(call: (options: CallOptions) => Promise<Answer>, until?: number): Promise<Answer> =>
    persist((attempt) => call({ context: { idempotencyKey }, signal: attempt }), {
      attemptsMax,
      attemptSeconds,
      ...(until === undefined ? {} : { until }),
    });
  const release = (until?: number) => ask((call) => credit.release.mutate({ holdId }, call), until);
  const life: Life = { begunAt, expiresAt: begunAt + lifeMilliseconds(hold) };
  // An extension that is repeated changes nothing more, so that it needs no key.
  const extend: Extend = (ttlSeconds) =>
    ask(({ signal: attempt }) => credit.extend.mutate({ holdId, ttlSeconds }, { signal: attempt }));
  const { value, ...used } = await perform(work, hold, { life, signal, extend }).catch(
    async (fault: unknown) => {
      // The caller must see the error of the work. A hold that cannot be released expires by itself.
      await release().catch(() => undefined);
      throw fault;
    },
  );
  const until = Math.min(
    life.expiresAt,
    performance.now() + (settleSecondsMax ?? settleSecondsDefault) * 1000,
  );
  const settle = () => ask((call) => credit.settle.mutate({ holdId, ...used }, call), until);
  try {
    return { value, hold: await (figureOf(used).figure === 0 ? release(until) : settle()) };
  } catch (cause) {
    const isOpen = performance.now() < life.expiresAt;
    throw new SettleError({ hold, used, value, idempotencyKey }, { cause, isOpen });
  }
}

const settleSecondsDefault = 900;

/** What a call of the client carries besides its input. */
export interface CallOptions {
  context: { idempotencyKey: string };
  signal: Signal;
}

/**
 * When the hold was asked for, and when it expires at the earliest, in milliseconds of `performance.now()`: no clock of this
 * machine is compared with the API's.
 */
interface Life {
  begunAt: number;
  expiresAt: number;
}

/** Runs the work under a signal that aborts with the caller's, or before the hold runs out. */
async function perform<Value>(
  work: Work<Value>,
  hold: Hold,
  { life, signal, extend }: { life: Life; signal: AbortSignal | undefined; extend: Extend },
): Promise<{ value: Value } & Used> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const pass = () => controller.abort(signal?.reason);
  const runOut = () => controller.abort(new DOMException('The hold is about to run out.', 'TimeoutError'));
  const startTimer = () => setTimeout(runOut, workEnd(life) - performance.now());
  let timer = startTimer();
  let isDone = false;
  const extendWork: Extend = async (ttlSeconds) => {
    const askedAt = performance.now();
    const extended = await extend(ttlSeconds);
    life.expiresAt = Math.max(life.expiresAt, askedAt + ttlSeconds * 1000);
    clearTimeout(timer);
    if (!isDone) timer = startTimer();
    return extended;
  };
  signal?.addEventListener('abort', pass);
  try {
    return await work(hold, controller.signal, extendWork);
  } finally {
    isDone = true;
    clearTimeout(timer);
    signal?.removeEventListener('abort', pass);
  }
}

/** When work must end: a tenth of the hold's life, 2 to 30 seconds, is kept to settle in. */
function workEnd({ begunAt, expiresAt }: Life): number {
  return expiresAt - Math.min(30_000, Math.max(2000, (expiresAt - begunAt) / 10));
}

const lifeMilliseconds = ({ createdAt, expiresAt }: Hold) => Date.parse(expiresAt) - Date.parse(createdAt);
