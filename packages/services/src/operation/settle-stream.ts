import { isStoredAnswer } from '@tenantry/db/idempotency/call';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import type { ExternalContext } from '../context.ts';
import { type Billed, type Started, type Usage, billRun, releaseRun } from './bill.ts';

/** How a stream ended: complete, with its hold used up, with a failure of the provider, or with its caller gone. */
export type Ending = 'complete' | 'credits' | 'failed' | 'left';

/** Settles a streamed run as it ended. Its Idempotency-Key keeps only the answer of a run that was not cut short. */
export async function settleStream(
  { change }: Pick<ExternalContext, 'change'>,
  started: Started,
  { ending, output, usage }: { ending: Ending; output: string; usage: Usage },
): Promise<Billed | Billed['credits'] | Refusal> {
  if (output === '' && ending !== 'complete') return settled(await change('abandon', releaseRun, started));
  const step = ending === 'complete' || ending === 'credits' ? 'complete' : 'abandon';
  return settled(await change(step, billRun, { started, usage, output }));
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
