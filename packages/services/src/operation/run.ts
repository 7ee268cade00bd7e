import { findOperation } from '@tenantry/db/operation/queries';
import type { Records } from '@tenantry/db/transact';
import { type OperationPrice, priceOf, unitsOfRun } from '@tenantry/domain/credit/price';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { getCredits } from '../credit/get.ts';
import { holdCredits } from '../credit/hold.ts';
import { releaseHold } from '../credit/release.ts';
import { settleHold } from '../credit/settle.ts';
import { type Call, type Flow, type Provider, type Replay, isReplay } from '../ports.ts';

export interface RunInput {
  operation: string;
  prompt: string;
  maxOutputTokens?: number | undefined;
  siteId?: string | undefined;
  metadata: Record<string, string>;
}

export interface Run {
  runId: string;
  output: string;
  usage: { inputTokens: number; outputTokens: number; source: 'reported' | 'estimated' };
  credits: { charged: number; available: number };
}

/** A flow of one account, with the provider it calls and the idempotency of the call. */
export interface RunFlow extends Flow {
  accountId: string;
  provider: Provider;
  call: Call;
  signal: AbortSignal;
}

/** Longer than a call may take, so that a hold never runs out under a running call. */
const settleSeconds = 60;

/**
 * Runs an AI operation: quotes, holds, calls the provider, settles at the usage it reports, or releases when it
 * fails. The provider is never called without a hold, and no transaction is open meanwhile. Refuses `not_found`,
 * `operation_not_runnable`, `insufficient_credits`, `unavailable` when the provider fails.
 */
export async function runOperation(flow: RunFlow, input: RunInput): Promise<Run | Replay | Refusal> {
  const { database, deed, accountId, call } = flow;
  const started = await database.transact({ accountId }, deed, (records) => start(flow, records, input));
  if (isRefusal(started) || isReplay(started)) return started;
  const { holdId, price, outputTokensMax } = started;
  const answer = await ask(flow, input.prompt, outputTokensMax);
  if (answer === undefined) {
    await database.transact({ accountId }, deed, async (records) => {
      await releaseHold(records, { holdId });
      await call.abandon(records);
    });
    return refuse('unavailable', { retryAfterSeconds: 5 });
  }
  const { output, ...usage } = answer;
  return database.transact({ accountId }, deed, async (records) => {
    const amount = Math.min(started.amount, priceOf(price, unitsOfRun(price, usage)));
    const settled = await settleHold(records, { holdId, amount });
    if (isRefusal(settled)) return settled;
    const { available } = await getCredits(records);
    const credits = { charged: settled.settledAmount, available };
    const run: Run = { runId: holdId, output, usage, credits };
    await call.complete(records, run);
    return run;
  });
}

interface Started {
  holdId: string;
  amount: number;
  price: OperationPrice;
  outputTokensMax: number;
}

async function start(
  { call, provider }: RunFlow,
  records: Records,
  { operation, prompt, maxOutputTokens, siteId, metadata }: RunInput,
): Promise<Started | Replay | Refusal> {
  const stored = await call.begin(records);
  if (stored !== undefined) return stored;
  const price = await findOperation(records.em, operation);
  if (price === null) return refuse('not_found');
  if (price.kind !== 'text') return refuse('operation_not_runnable');
  const inputTokens = provider.estimateTokens(prompt);
  const outputTokensMax = maxOutputTokens ?? price.outputTokensDefault;
  const units = unitsOfRun(price, { inputTokens, outputTokens: outputTokensMax });
  const ttlSeconds = provider.deadlineSeconds + settleSeconds;
  const held = await holdCredits(records, { operation, units, siteId, ttlSeconds, metadata });
  if (isRefusal(held)) return held;
  return { holdId: held.id, amount: held.amount, price, outputTokensMax };
}

async function ask({ provider, signal }: RunFlow, prompt: string, outputTokensMax: number) {
  try {
    return await provider.complete({ prompt, outputTokensMax, signal });
  } catch {
    // Whatever the provider said stays with the port, which logs it; here the hold is given back.
    return undefined;
  }
}
