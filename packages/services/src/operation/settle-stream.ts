import { isStoredAnswer } from '@tenantry/db/idempotency/call';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { FinishReason } from '@tenantry/domain/run/finish';
import type { ExternalContext } from '../context.ts';
import { type Billed, type EndedRun, type Started, type Usage, billRun, releaseRun } from './bill.ts';
import { refusalOfFailure } from './provider-failure.ts';

/**
 * How a stream ended:
 * - `complete`: as the provider says.
 * - `overrun`: the provider sent more than it was asked for.
 * - `failed`: the provider failed with `fault`.
 * - `late`: the deadline passed while the reader had not taken what was sent.
 * - `left`: the caller is gone, the process shuts down, or the gate ended the call.
 */
export type Ending =
  | { kind: 'complete'; usage: Usage; finishReason: FinishReason }
  | { kind: 'failed'; fault: unknown }
  | { kind: 'overrun' | 'late' | 'left' };

/** What a streamed run tells last. */
export type LastEvent =
  | ({ event: 'done'; finishReason: FinishReason } & Billed)
  | { event: 'failed'; refusal: Refusal; credits: Billed['credits'] };

/** What was delivered of a stream, with the usage that it is taken to have. */
export interface Delivered {
  output: string;
  usage: Usage;
}

/**
 * Settles a streamed run as it ended, and answers its last event. One that delivered nothing is released, and frees its
 * Idempotency-Key. Any other is charged, and its key keeps what was delivered and charged.
 */
export async function settleStream(
  { change }: Pick<ExternalContext, 'change'>,
  started: Started,
  ending: Ending,
  { output, usage: counted }: Delivered,
): Promise<LastEvent> {
  const isWhole = ending.kind === 'complete' || ending.kind === 'overrun';
  if (output === '' && !isWhole) {
    const released = settled(await change('abandon', releaseRun, started));
    return isRefusal(released) ? unsettled(released) : failed(ending, released);
  }
  const ended = settled(
    await change('complete', billRun, {
      started,
      output,
      usage: ending.kind === 'complete' ? ending.usage : counted,
      finishReason:
        ending.kind === 'complete' ? ending.finishReason : ending.kind === 'overrun' ? 'length' : null,
      isOverrun: ending.kind === 'overrun',
    }),
  );
  return isRefusal(ended) ? unsettled(ended) : lastEventOf(ending, ended);
}

function lastEventOf(ending: Ending, { finishReason, runId, usage, credits }: EndedRun): LastEvent {
  return finishReason === null
    ? failed(ending, credits)
    : { event: 'done', finishReason, runId, usage, credits };
}

function failed(ending: Ending, credits: Billed['credits']): LastEvent {
  return { event: 'failed', refusal: refusalOf(ending, credits), credits };
}

function unsettled(refusal: Refusal): LastEvent {
  return { event: 'failed', refusal, credits: { charged: 0, available: 0 } };
}

function refusalOf(ending: Ending, credits: Billed['credits']): Refusal {
  if (ending.kind === 'failed') return refusalOfFailure(ending.fault);
  if (ending.kind === 'late') return refuse('run_interrupted', { credits });
  return refuse('unavailable', { retryAfterSeconds: 5 });
}

/** A later step of a call is never answered from an earlier one. */
function settled<T extends object>(answer: T): Exclude<T, { replay: string }> {
  if (!isRefusal(answer) && isStoredAnswer(answer))
    throw new Error('A settlement was answered from a stored answer.');
  return withoutStored(answer);
}

// A stored answer has been excluded above.
function withoutStored<T extends object>(answer: T): Exclude<T, { replay: string }> {
  return answer as Exclude<T, { replay: string }>;
}
