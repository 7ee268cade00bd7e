import type { Failpoint } from '@tenantry/db/failpoint';
import type { LedgerKey } from '@tenantry/db/group-commit/call';
import type { Ledger } from '@tenantry/db/group-commit/ledger';
import type { CallInfo } from '@tenantry/db/transaction';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type Provider, type Replay, isReplay } from '../ports.ts';
import { type Billed, type RunInput, type Started, beginRun, billRun, releaseRun } from './bill.ts';

export interface Run extends Billed {
  output: string;
}

/** A run of one account: its lane, the provider it calls, and what its Idempotency-Key means at each step. */
export interface RunFlow {
  ledger: Ledger;
  accountId: string;
  callInfo: CallInfo;
  provider: Provider;
  signal: AbortSignal;
  key<T>(phase: LedgerKey<T>['phase']): LedgerKey<T> | undefined;
  pass: Failpoint;
}

/**
 * Runs an AI operation: quotes, holds, calls the provider, settles at the usage it reports, or releases when it
 * fails. The provider is never called without a hold, and no transaction is open meanwhile. Refuses `not_found`,
 * `operation_not_runnable`, `insufficient_credits`, `unavailable` when the provider fails.
 */
export async function runOperation(flow: RunFlow, input: RunInput): Promise<Run | Replay | Refusal> {
  const { ledger, accountId, callInfo, provider, pass } = flow;
  const begin = beginRun(provider, input);
  const started = await ledger.run(accountId, { work: begin, callInfo, key: flow.key<Started>('begin') });
  if (isRefusal(started) || isReplay(started)) return started;
  await pass('run_begun');
  const answer = await ask(flow, input, started.outputTokensMax);
  await pass('run_answered');
  if (answer === undefined) {
    const work = releaseRun(started);
    await ledger.run(accountId, { work, callInfo, key: flow.key<Billed['credits']>('abandon') });
    return refuse('unavailable', { retryAfterSeconds: 5 });
  }
  const { output, ...usage } = answer;
  const bill = billRun(started, usage, (billed): Run => ({ ...billed, output }));
  return ledger.run(accountId, { work: bill, callInfo, key: flow.key<Run>('complete') });
}

async function ask({ provider, signal }: RunFlow, { operation, prompt }: RunInput, outputTokensMax: number) {
  try {
    return await provider.complete({ operation, prompt, outputTokensMax, signal });
  } catch {
    // Whatever the provider said stays with the port, which logs it; here the hold is given back.
    return undefined;
  }
}
