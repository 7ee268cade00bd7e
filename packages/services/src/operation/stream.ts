import type { RunOperationInput } from '@tenantry/contract/operation';
import { isStoredAnswer } from '@tenantry/db/idempotency/call';
import { priceOf, unitsOfRun } from '@tenantry/domain/credit/price';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { ExternalContext } from '../context.ts';
import { type Billed, type Run, type Started, type Usage, beginRun, quoteInputOf } from './bill.ts';
import { type Ending, settleStream } from './settle-stream.ts';

/** What a streamed run tells, in order: deltas, then exactly one of the others. */
export type RunEvent =
  | { event: 'delta'; text: string }
  | ({ event: 'done'; finishReason: 'complete' | 'credits' } & Billed)
  | { event: 'failed'; refusal: Refusal; credits: Billed['credits'] };

/** Running an AI operation with its output as it comes. A repeated run is answered as one delta and its end. */
export const streamOperation = { open, replay };

/**
 * Runs an AI operation and answers its output as it comes. It holds before the provider is called and settles however
 * the run ends: at the reported usage when it completes; at what was delivered, as counted here, when the caller
 * leaves, the provider fails midway, or the hold is used up. A run that delivered nothing costs nothing. When this
 * process dies, the hold expires by itself. Refuses before the first event what `runOperation` refuses then.
 */
async function open(context: ExternalContext<'provider' | 'failpoint'>, input: RunOperationInput) {
  const { change, provider, failpoint } = context;
  const started = await change('begin', beginRun, quoteInputOf(provider, input));
  if (isRefusal(started) || isStoredAnswer(started)) return started;
  await failpoint('stream_begun');
  return deliver(context, input, started);
}

function replay(stored: string): RunEvent[] {
  const { output, ...billed }: Run = JSON.parse(stored);
  return [
    { event: 'delta', text: output },
    { event: 'done', finishReason: 'complete', ...billed },
  ];
}

async function* deliver(
  context: ExternalContext<'provider' | 'failpoint'>,
  { operation, prompt }: RunOperationInput,
  started: Started,
): AsyncGenerator<RunEvent, void, void> {
  const { provider, signal, failpoint } = context;
  const { outputTokensMax } = started;
  const inputTokens = provider.estimateTokens(prompt);
  const counted = (text: string): Usage => ({
    inputTokens,
    outputTokens: provider.estimateTokens(text),
    source: 'estimated',
  });
  let [output, deltas] = ['', 0];
  let usage: Usage | undefined;
  let ending: Ending = 'left';
  let last: RunEvent | undefined;
  const parts = provider.stream({ operation, prompt, outputTokensMax, signal });
  try {
    for (;;) {
      const next = await parts.next();
      if (next.done === true) {
        [usage, ending] = [next.value, 'complete'];
        break;
      }
      output += next.value;
      deltas += 1;
      yield { event: 'delta', text: next.value };
      await failpoint('stream_delta');
      if (isUsedUp(started, inputTokens, Math.max(deltas, Math.floor(output.length / 8)))) {
        ending = 'credits';
        break;
      }
    }
  } catch {
    // The port has logged what the provider failed with.
    ending = signal.aborted ? 'left' : 'failed';
  } finally {
    await parts.return(counted(output)).catch(() => undefined);
    await failpoint('stream_ended');
    const billed = await settleStream(context, started, { ending, output, usage: usage ?? counted(output) });
    last = lastEvent(ending, billed);
  }
  yield last;
}

/** Whether a run has certainly used more than its hold: no provider sends less than a token at a time. */
function isUsedUp({ price, amount }: Started, inputTokens: number, outputTokens: number): boolean {
  return priceOf(price, unitsOfRun(price, { inputTokens, outputTokens })) > amount;
}

function lastEvent(ending: Ending, billed: Billed | Billed['credits'] | Refusal): RunEvent {
  if (isRefusal(billed)) return { event: 'failed', refusal: billed, credits: { charged: 0, available: 0 } };
  if ('runId' in billed && (ending === 'complete' || ending === 'credits')) {
    const { runId, usage, credits } = billed;
    return { event: 'done', finishReason: ending, runId, usage, credits };
  }
  const credits = 'runId' in billed ? billed.credits : billed;
  return { event: 'failed', refusal: refuse('unavailable', { retryAfterSeconds: 5 }), credits };
}
