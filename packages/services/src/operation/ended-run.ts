import type { StoredAnswer } from '@tenantry/db/idempotency/call';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type EndedRun, type Run, type Usage, wholeUsage } from './bill.ts';

/** A run as it was stored, maybe before the parts of its tokens were counted. */
type StoredRun = Omit<EndedRun, 'usage'> & { usage: Usage };

/** A run whose Idempotency-Key was used before: its stored end. */
export function endedRunOf({ replay }: Pick<StoredAnswer, 'replay'>): EndedRun {
  const run: StoredRun = JSON.parse(replay);
  return { ...run, usage: wholeUsage(run.usage) };
}

/** A run that ended whole. Refuses `run_interrupted`, with what it was charged, for one that broke off. */
export function wholeRun(run: EndedRun): Run | Refusal<'run_interrupted'> {
  const { finishReason, ...rest } = run;
  return finishReason === null ? interruptionOf(run) : { ...rest, finishReason };
}

/** The refusal of a run that broke off after it had delivered something. */
export function interruptionOf({ credits }: Pick<EndedRun, 'credits'>): Refusal<'run_interrupted'> {
  return refuse('run_interrupted', { credits });
}

/** As `wholeRun`, for an answer that may be a refusal. */
export function wholeRunOrRefusal<Refused extends Refusal>(
  answer: EndedRun | Refused,
): Run | Refused | Refusal<'run_interrupted'> {
  return isRefusal(answer) ? answer : wholeRun(answer);
}
