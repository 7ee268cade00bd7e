import type { TRPCClient } from '@trpc/client';
import { type HoldInput, HoldResolvedError, type ResolvedHold } from './hold.ts';
import { newKey } from './new-key.ts';
import { persist } from './persist.ts';
import type { AppRouter } from './router.ts';
import { type CallOptions, type Work, type WorkOptions, workUnderHold } from './work-under-hold.ts';

/**
 * Runs work that costs credits, such as a model that runs elsewhere. It holds the credits first, so that work that
 * cannot be paid is never begun. Then it settles at the usage that the work returns, and the rest is released. If the
 * work throws, the whole hold is released and the error is thrown again. A call whose answer is lost is repeated, and
 * never charges twice. A settle that the API cannot take yet is tried again when the API says, while the hold is open and
 * for `settleSecondsMax`.
 *
 * Throws the client's ordinary error if the hold is refused, and `SettleError` if the work is done and cannot be
 * billed. A settle that comes too late is no error: the hold is `expired`, and names the amount that was not billed.
 */
export async function withCredits<Value>(
  tenantry: TRPCClient<AppRouter>,
  options: HoldInput & WorkOptions,
  work: Work<Value>,
): Promise<{ value: Value; hold: ResolvedHold }> {
  const {
    signal,
    idempotencyKey: givenKey,
    attemptsMax,
    attemptSeconds,
    settleSecondsMax,
    ...input
  } = options;
  signal?.throwIfAborted();
  const { credit } = tenantry;
  const idempotencyKey = givenKey ?? newKey();
  const begunAt = performance.now();
  const patience = { attemptsMax, attemptSeconds };
  const ask = <Answer>(call: (options: CallOptions) => Promise<Answer>): Promise<Answer> =>
    persist((attempt) => call({ context: { idempotencyKey }, signal: attempt }), patience);
  const hold = await ask((call) => credit.hold.mutate(input, call));
  // A key that was used before answers with a hold that an earlier call may have resolved.
  const known =
    givenKey === undefined ? hold : await ask((call) => credit.getHold.query({ holdId: hold.id }, call));
  if (known.status !== 'open') throw new HoldResolvedError(known);
  const open = { credit, hold, idempotencyKey, begunAt };
  return workUnderHold(open, { signal, settleSecondsMax, ...patience }, work);
}
