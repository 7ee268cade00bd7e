import type { Failpoint } from '@tenantry/db/failpoint';
import type { Ledger } from '@tenantry/ledger/group-commit';
import type { LedgerKey } from '@tenantry/ledger/service';
import type { CallInfo } from '@tenantry/db/transaction';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type Provider, type Replay, isReplay } from '../ports.ts';
import {
  type Billed,
  type Run,
  type RunInput,
  type Started,
  beginRun,
  billRun,
  quoteInputOf,
  releaseRun,
} from './bill.ts';

export type { Run } from './bill.ts';

/** A run of one account: its ledger, the provider it calls, and what its Idempotency-Key means at each step. */
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
  const started = await ledger.change(accountId, {
    service: beginRun,
    input: quoteInputOf(provider, input),
    callInfo,
    key: flow.key<Started>('begin'),
  });
  if (isRefusal(started) || isReplay(started)) return started;
  await pass('run_begun');
  const answer = await ask(flow, input.prompt, started.outputTokensMax);
  await pass('run_answered');
  if (answer === undefined) {
    const key = flow.key<Billed['credits']>('abandon');
    await ledger.change(accountId, { service: releaseRun, input: started, callInfo, key });
    return refuse('unavailable', { retryAfterSeconds: 5 });
  }
  const { output, ...usage } = answer;
  const bill = { started, usage, output };
  return ledger.change(accountId, {
    service: billRun,
    input: bill,
    callInfo,
    key: flow.key<Run>('complete'),
  });
}

async function ask({ provider, signal }: RunFlow, prompt: string, outputTokensMax: number) {
  try {
    return await provider.complete({ prompt, outputTokensMax, signal });
  } catch {
    // Whatever the provider said stays with the port, which logs it; here the hold is given back.
    return undefined;
  }
}
