import { type OperationPrice, priceOf, unitsOfRun } from '@tenantry/domain/credit/price';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type Replay, isReplay } from '../ports.ts';
import {
  type Billed,
  type Run,
  type RunInput,
  type Started,
  type Usage,
  beginRun,
  billRun,
  quoteInputOf,
  releaseRun,
} from './bill.ts';
import type { RunFlow } from './run.ts';

/** What a streamed run tells, in order: deltas, then exactly one of the others. */
export type RunEvent =
  | { event: 'delta'; text: string }
  | ({ event: 'done'; finishReason: 'complete' | 'credits' } & Billed)
  | { event: 'failed'; refusal: Refusal; credits: Billed['credits'] };

type Ending = 'complete' | 'credits' | 'failed' | 'left';

/**
 * Runs an AI operation and answers its output as it comes. It holds before the provider is called and settles however
 * the run ends: at the reported usage when it completes; at what was delivered, as counted here, when the caller
 * leaves, the provider fails midway, or the hold is used up. Nothing delivered is nothing charged. When this process
 * dies, the hold runs out by itself. Refuses before the first event what `runOperation` refuses then.
 */
export async function streamOperation(
  flow: RunFlow,
  input: RunInput,
): Promise<AsyncGenerator<RunEvent, void, void> | Replay | Refusal> {
  const { ledger, accountId, callInfo, provider } = flow;
  const started = await ledger.change(accountId, {
    service: beginRun,
    input: quoteInputOf(provider, input),
    callInfo,
    key: flow.key<Started>('begin'),
  });
  if (isRefusal(started) || isReplay(started)) return started;
  await flow.pass('stream_begun');
  return deliver(flow, input.prompt, started);
}

async function* deliver(
  flow: RunFlow,
  prompt: string,
  started: Started,
): AsyncGenerator<RunEvent, void, void> {
  const { provider, signal, pass } = flow;
  const { outputTokensMax } = started;
  const counted = (text: string): Usage => ({
    inputTokens: provider.estimateTokens(prompt),
    outputTokens: provider.estimateTokens(text),
    source: 'estimated',
  });
  let [output, deltas] = ['', 0];
  let usage: Usage | undefined;
  let ending: Ending = 'left';
  let billed: Billed['credits'] | Billed | Refusal | undefined;
  const parts = provider.stream({ prompt, outputTokensMax, signal });
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
      await pass('stream_delta');
      if (isUsedUp(started, counted(prompt).inputTokens, Math.max(deltas, Math.floor(output.length / 8)))) {
        ending = 'credits';
        break;
      }
    }
  } catch {
    // Whatever the provider said stays with the port, which logs it.
    ending = signal.aborted ? 'left' : 'failed';
  } finally {
    await parts.return(counted(output)).catch(() => undefined);
    await pass('stream_ended');
    billed = await settle(flow, started, { ending, output, usage: usage ?? counted(output) });
  }
  yield lastEvent(ending, billed);
}

/** Whether a run has certainly used more than its hold: no provider sends less than a token at a time. */
function isUsedUp({ price, amount }: Started, inputTokens: number, outputTokens: number): boolean {
  return spentBy(price, { inputTokens, outputTokens }) > amount;
}

const spentBy = (price: OperationPrice, tokens: Pick<Usage, 'inputTokens' | 'outputTokens'>) =>
  priceOf(price, unitsOfRun(price, tokens));

/** Settles a run as it ended. Only one that completed is the answer of its Idempotency-Key. */
async function settle(
  { ledger, accountId, callInfo, key }: RunFlow,
  started: Started,
  { ending, output, usage }: { ending: Ending; output: string; usage: Usage },
): Promise<Billed | Billed['credits'] | Refusal> {
  if (output === '' && ending !== 'complete') {
    const release = { service: releaseRun, input: started, callInfo };
    return answered(await ledger.change(accountId, { ...release, key: key<Billed['credits']>('abandon') }));
  }
  const phase = ending === 'complete' || ending === 'credits' ? 'complete' : 'abandon';
  const bill = { service: billRun, input: { started, usage, output }, callInfo };
  return answered(await ledger.change(accountId, { ...bill, key: key<Run>(phase) }));
}

/** A later step of a call is never answered from an earlier one. */
function answered<T extends object>(answer: T | Replay | Refusal): T | Refusal {
  if (!isRefusal(answer) && isReplay(answer)) throw new Error('a settle was answered from memory');
  return answer as T | Refusal;
}

function lastEvent(ending: Ending, billed: Billed | Billed['credits'] | Refusal): RunEvent {
  if (isRefusal(billed)) return { event: 'failed', refusal: billed, credits: { charged: 0, available: 0 } };
  if (!('runId' in billed) || ending === 'failed' || ending === 'left') {
    const credits = 'runId' in billed ? billed.credits : billed;
    return { event: 'failed', refusal: refuse('unavailable', { retryAfterSeconds: 5 }), credits };
  }
  const { runId, usage, credits } = billed;
  return { event: 'done', finishReason: ending, runId, usage, credits };
}
