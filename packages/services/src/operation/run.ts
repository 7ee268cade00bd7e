import type { RunOperationInput } from '@tenantry/contract/operation';
import { isStoredAnswer } from '@tenantry/db/idempotency/call';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { ExternalContext } from '../context.ts';
import { type Started, askedOf, beginRun, billRun, quoteInputOf, releaseRun } from './bill.ts';
import { endedRunOf, wholeRun, wholeRunOrRefusal } from './ended-run.ts';
import { refusalOfFailure } from './provider-failure.ts';

/**
 * Runs an AI operation: quotes, holds, calls the provider, and settles at the usage that it reports, or releases when it
 * fails. The provider is never called without a hold, and no transaction is open meanwhile. Refuses what a hold refuses,
 * `operation_not_runnable`, `provider_refused`, `provider_unavailable`, `unavailable` when this process shuts down,
 * `hold_resolved` when the hold has ended, and `run_interrupted` when a stream with the same Idempotency-Key broke off.
 */
export async function runOperation(
  context: ExternalContext<'provider' | 'failpoint'>,
  input: RunOperationInput,
) {
  const { change, provider, failpoint } = context;
  const started = await change('begin', beginRun, quoteInputOf(provider, input));
  if (isRefusal(started)) return started;
  if (isStoredAnswer(started)) {
    const whole = wholeRun(endedRunOf(started));
    return isRefusal(whole) ? whole : started;
  }
  await failpoint('run_begun');
  const answer = await ask(context, started);
  await failpoint('run_answered');
  if (isRefusal(answer)) {
    await change('abandon', releaseRun, started);
    return answer;
  }
  const { output, finishReason, ...usage } = answer;
  const ended = await change('complete', billRun, { started, usage, output, finishReason });
  return isStoredAnswer(ended) ? ended : wholeRunOrRefusal(ended);
}

/** What the provider answers, or the refusal that its failure becomes. */
async function ask({ provider, signal, requestId }: ExternalContext<'provider'>, started: Started) {
  try {
    return await provider.complete({ requestId, signal, ...askedOf(started) });
  } catch (fault) {
    return signal.aborted ? refuse('unavailable', { retryAfterSeconds: 5 }) : refusalOfFailure(fault);
  }
}
