import type { RunOperationInput } from '@tenantry/contract/operation';
import { isStoredAnswer } from '@tenantry/db/idempotency/call';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { ExternalContext } from '../context.ts';
import { beginRun, billRun, quoteInputOf, releaseRun } from './bill.ts';

/**
 * Runs an AI operation: quotes, holds, calls the provider, and settles at the usage that it reports, or releases when it
 * fails. The provider is never called without a hold, and no transaction is open meanwhile. Refuses what a hold refuses,
 * `operation_not_runnable`, `unavailable` when the provider fails, and `hold_resolved` when the hold has ended.
 */
export async function runOperation(
  context: ExternalContext<'provider' | 'failpoint'>,
  input: RunOperationInput,
) {
  const { change, provider, failpoint } = context;
  const started = await change('begin', beginRun, quoteInputOf(provider, input));
  if (isRefusal(started) || isStoredAnswer(started)) return started;
  await failpoint('run_begun');
  const answer = await ask(context, input, started.outputTokensMax);
  await failpoint('run_answered');
  if (answer === undefined) {
    await change('abandon', releaseRun, started);
    return refuse('unavailable', { retryAfterSeconds: 5 });
  }
  const { output, ...usage } = answer;
  return change('complete', billRun, { started, usage, output });
}

/** What the provider answers; undefined when it fails, which the port has logged. */
async function ask(
  { provider, signal }: ExternalContext<'provider'>,
  { operation, prompt }: RunOperationInput,
  outputTokensMax: number,
) {
  try {
    return await provider.complete({ operation, prompt, outputTokensMax, signal });
  } catch {
    return undefined;
  }
}
