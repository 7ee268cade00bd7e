import type { RunOperationInput } from '@tenantry/contract/operation';
import { isStoredAnswer } from '@tenantry/db/idempotency/call';
import { isRefusal } from '@tenantry/domain/refusals';
import type { ExternalContext } from '../context.ts';
import { type Started, askedOf, beginRun, quoteInputOf } from './bill.ts';
import { openDelivery } from './delivery.ts';
import { endedRunOf, interruptionOf } from './ended-run.ts';
import type { LastEvent } from './settle-stream.ts';

/** What a streamed run tells, in order: deltas, then exactly one of the others. */
export type RunEvent = { event: 'delta'; text: string } | LastEvent;

/** Running an AI operation with its output as it comes. A repeated run is answered as one delta and its end. */
export const streamOperation = { open, replay };

/**
 * Runs an AI operation and answers its output as it comes. It holds before the provider is called and settles however
 * the run ends: at the reported usage when it completes; at what was delivered, as counted here, when the caller
 * leaves, the provider fails midway or sends too much, the call is ended, or the deadline passes. A run that delivered
 * nothing costs nothing. When this process dies, the hold expires by itself. Refuses before the first event what
 * `runOperation` refuses then.
 */
async function open(context: ExternalContext<'provider' | 'failpoint'>, input: RunOperationInput) {
  const { change, provider, failpoint } = context;
  const started = await change('begin', beginRun, quoteInputOf(provider, input));
  if (isRefusal(started) || isStoredAnswer(started)) return started;
  await failpoint('stream_begun');
  return deliver(context, started);
}

/** What a repeated run is answered: what was delivered, and how it ended. */
function replay(stored: string): RunEvent[] {
  const run = endedRunOf({ replay: stored });
  const { output, finishReason, credits, ...billed } = run;
  const last: RunEvent =
    finishReason === null
      ? { event: 'failed', refusal: interruptionOf(run), credits }
      : { event: 'done', finishReason, credits, ...billed };
  return [{ event: 'delta', text: output }, last];
}

/** What ends a generator whose usage nobody reads. */
const nothingUsed = { inputTokens: 0, outputTokens: 0, source: 'estimated', finishReason: 'stop' } as const;

async function* deliver(
  context: ExternalContext<'provider' | 'failpoint'>,
  started: Started,
): AsyncGenerator<RunEvent, void, void> {
  const { provider, signal, failpoint, requestId } = context;
  const delivery = openDelivery(context, started);
  const parts = provider.stream({ requestId, signal, ...askedOf(started) });
  let last: RunEvent;
  try {
    for (;;) {
      const next = await parts.next();
      if (delivery.isSettled()) break;
      if (next.done === true) {
        const { finishReason, ...usage } = next.value;
        await delivery.settle({ kind: 'complete', usage, finishReason });
        break;
      }
      delivery.add(next.value);
      yield { event: 'delta', text: next.value };
      await failpoint('stream_delta');
      if (delivery.isSettled()) break;
      if (delivery.isOverrun()) {
        await delivery.settle({ kind: 'overrun' });
        break;
      }
    }
  } catch (fault) {
    await delivery.settle(signal.aborted ? { kind: 'left' } : { kind: 'failed', fault });
  } finally {
    // The reader may hold a piece that the provider has not sent; nothing waits for the socket to close.
    parts.return(nothingUsed).catch(() => undefined);
    last = await delivery.settle({ kind: 'left' });
  }
  yield last;
}
