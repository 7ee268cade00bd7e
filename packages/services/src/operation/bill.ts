import type { LedgerWork } from '@tenantry/db/group-commit/call';
import { type OperationPrice, priceOf, shownPrice, unitsOfRun } from '@tenantry/domain/credit/price';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { holdCredits } from '../credit/hold.ts';
import { resolvableHold, resolveAt } from '../credit/resolve.ts';
import type { Provider } from '../ports.ts';

export interface RunInput {
  operation: string;
  prompt: string;
  maxOutputTokens?: number | undefined;
  siteId?: string | undefined;
  metadata: Record<string, string>;
}

/** Tokens as the provider reported them, or as they were counted where it did not. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  source: 'reported' | 'estimated';
}

/** What a run cost. */
export interface Billed {
  runId: string;
  usage: Usage;
  credits: { charged: number; available: number };
}

/** A run that may call the provider now: its hold, and what it was reckoned by. */
export interface Started {
  holdId: string;
  /** What it holds. */
  amount: number;
  price: OperationPrice;
  outputTokensMax: number;
}

/** Longer than a call may take, so that a hold never runs out under a running call. */
const settleSeconds = 60;

/**
 * Quotes a run and holds its price: the prompt's estimated tokens and the most it may answer. Refuses `not_found`,
 * `operation_not_runnable`, `insufficient_credits`, and what a hold refuses.
 */
export function beginRun(provider: Provider, input: RunInput): LedgerWork<Started> {
  const { operation, prompt, maxOutputTokens, siteId, metadata } = input;
  const ttlSeconds = provider.deadlineSeconds + settleSeconds;
  const inputTokens = provider.estimateTokens(prompt);
  const hold = { operation, siteId, ttlSeconds, metadata };
  return {
    ...holdCredits(hold),
    decide: (view, callInfo) => {
      const price = view.price(operation);
      if (price === undefined) return refuse('not_found');
      if (price.kind !== 'text') return refuse('operation_not_runnable');
      const outputTokensMax = maxOutputTokens ?? price.outputTokensDefault;
      const units = unitsOfRun(price, { inputTokens, outputTokens: outputTokensMax });
      const decision = holdCredits({ ...hold, units }).decide(view, callInfo);
      if (isRefusal(decision)) return decision;
      const { id, amount } = decision.answer;
      return { ...decision, answer: { holdId: id, amount, price, outputTokensMax } };
    },
  };
}

/**
 * Settles a run at what it used. What it used above its hold is taken from the available credits as far as they
 * reach; a hold that ran out is not billed. Refuses `hold_resolved`.
 */
export function billRun<T>(
  { holdId, price }: Started,
  usage: Usage,
  answerOf: (billed: Billed) => T,
): LedgerWork<T> {
  const units = unitsOfRun(price, usage);
  const facts = { price: shownPrice(price), units, usage };
  return {
    holdIds: [holdId],
    decide: (view, callInfo) => {
      const hold = resolvableHold(view, callInfo, holdId);
      if (isRefusal(hold)) return hold;
      const settle = (spent: number, allowExcess: boolean) =>
        resolveAt(view, hold, { kind: 'settle', spent, allowExcess, facts });
      const whole = settle(priceOf(price, units), true);
      const decision = isRefusal(whole) ? settle(hold.amount, false) : whole;
      if (isRefusal(decision)) return decision;
      const credits = { charged: decision.answer.settledAmount, available: decision.books.balance.available };
      return { ...decision, answer: answerOf({ runId: holdId, usage, credits }) };
    },
  };
}

/** Gives the hold of a run back whole, and answers what that leaves. Refuses `hold_resolved`. */
export function releaseRun({ holdId }: Started): LedgerWork<Billed['credits']> {
  return {
    holdIds: [holdId],
    decide: (view, callInfo) => {
      const hold = resolvableHold(view, callInfo, holdId);
      if (isRefusal(hold)) return hold;
      const decision = resolveAt(view, hold, { kind: 'release', spent: 0 });
      if (isRefusal(decision)) return decision;
      return { ...decision, answer: { charged: 0, available: decision.books.balance.available } };
    },
  };
}
