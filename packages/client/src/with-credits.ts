import type { TRPCClient } from '@trpc/client';
import {
  type Hold,
  type HoldInput,
  HoldResolvedError,
  type ResolvedHold,
  SettleError,
  type Used,
} from './hold.ts';
import { type Patience, persist } from './persist.ts';
import type { AppRouter } from './router.ts';

/** How work is run, besides what it holds. */
export interface WorkOptions extends Patience {
  /** Ends the work early: the work's own signal aborts with it. */
  signal?: AbortSignal | undefined;
  /**
   * Names the work: a repeated call within 24 hours gets the same hold and is charged once. Needs `credit:read` too.
   * Default: a new key for each call.
   */
  idempotencyKey?: string | undefined;
}

/** Work on credits. It receives its hold, and a signal that aborts while there is still time to settle. */
export type Work<Value> = (hold: Hold, signal: AbortSignal) => Promise<{ value: Value } & Used>;

/**
 * Runs work that costs credits, such as a model that runs elsewhere. It holds the credits first, so that work that
 * cannot be paid is never begun. Then it settles at the usage that the work returns, and the rest is released. If the
 * work throws, the whole hold is released and the error is thrown again. A call whose answer is lost is repeated, and
 * never charges twice.
 *
 * Throws the client's ordinary error if the hold is refused, and `SettleError` if the work is done and cannot be
 * billed. A settle that comes too late is no error: the hold is `expired`, and names the amount that was not billed.
 */
export async function withCredits<Value>(
  tenantry: TRPCClient<AppRouter>,
  { signal, idempotencyKey: givenKey, attemptsMax, attemptSeconds, ...input }: HoldInput & WorkOptions,
  work: Work<Value>,
): Promise<{ value: Value; hold: ResolvedHold }> {
  signal?.throwIfAborted();
  const { credit } = tenantry;
  const idempotencyKey = givenKey ?? newKey();
  const begunAt = performance.now();
  const ask = <Answer>(call: (options: CallOptions) => Promise<Answer>): Promise<Answer> =>
    persist((attempt) => call({ context: { idempotencyKey }, signal: attempt }), {
      attemptsMax,
      attemptSeconds,
    });
  const hold = await ask((options) => credit.hold.mutate(input, options));
  const holdId = hold.id;
  // A key that was used before answers with a hold that an earlier call may have resolved.
  const known =
    givenKey === undefined ? hold : await ask((options) => credit.getHold.query({ holdId }, options));
  if (known.status !== 'open') throw new HoldResolvedError(known);
  const release = () => ask((options) => credit.release.mutate({ holdId }, options));
  const { value, ...used } = await perform(work, hold, { begunAt, signal }).catch(async (fault: unknown) => {
    // The caller must see the error of the work. A hold that cannot be released expires by itself.
    await release().catch(() => undefined);
    throw fault;
  });
  const settle = () => ask((options) => credit.settle.mutate({ holdId, ...used }, options));
  try {
    return { value, hold: await ((used.amount ?? used.units) === 0 ? release() : settle()) };
  } catch (fault) {
    throw new SettleError({ hold, used, value, idempotencyKey }, fault);
  }
}

interface CallOptions {
  context: { idempotencyKey: string };
  signal: AbortSignal;
}

/** Runs the work under a signal that aborts with the caller's, or before the hold runs out. */
async function perform<Value>(
  work: Work<Value>,
  hold: Hold,
  { begunAt, signal }: { begunAt: number; signal: AbortSignal | undefined },
): Promise<{ value: Value } & Used> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const pass = () => controller.abort(signal?.reason);
  const runOut = () => controller.abort(new DOMException('The hold is about to run out.', 'TimeoutError'));
  const timer = setTimeout(runOut, begunAt + workMilliseconds(hold) - performance.now());
  signal?.addEventListener('abort', pass);
  try {
    return await work(hold, controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', pass);
  }
}

/**
 * How long work may take, counted from before the hold was asked for: so no clock of this machine is compared with
 * the API's. A tenth of the hold's life, 2 to 30 seconds, is kept to settle in.
 */
function workMilliseconds({ createdAt, expiresAt }: Hold): number {
  const lifeMilliseconds = Date.parse(expiresAt) - Date.parse(createdAt);
  return lifeMilliseconds - Math.min(30_000, Math.max(2000, lifeMilliseconds / 10));
}

/** A random key; `crypto.randomUUID` is missing from pages without https. */
function newKey(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
