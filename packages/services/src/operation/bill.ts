import type { LedgerService } from '@tenantry/ledger/service';
import type { EntryFacts } from '@tenantry/domain/credit/books';
import { type OperationPrice, priceOf, shownPrice, unitsOfRun } from '@tenantry/domain/credit/price';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { type HoldRefusal, holdCredits } from '../credit/hold.ts';
import { releaseOf, resolvableHold, resolveAt } from '../credit/resolve.ts';
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

/** A run with what it answered and cost. */
export interface Run extends Billed {
  output: string;
}

/** A run that may call the provider now: its hold, and what it was reckoned by. */
export interface Started {
  holdId: string;
  /** What it holds. */
  amount: number;
  price: OperationPrice;
  outputTokensMax: number;
}

/** A run that is to be quoted: its hold, and the tokens of its prompt by the provider's estimate. */
export type QuoteInput = Pick<RunInput, 'operation' | 'maxOutputTokens' | 'siteId' | 'metadata'> & {
  inputTokens: number;
  ttlSeconds: number;
};

/** Longer than a call may take, so that a hold never runs out under a running call. */
const settleSeconds = 60;

/** What is quoted for a run with a provider. */
export function quoteInputOf(provider: Provider, { prompt, ...run }: RunInput): QuoteInput {
  const ttlSeconds = provider.deadlineSeconds + settleSeconds;
  return { ...run, inputTokens: provider.estimateTokens(prompt), ttlSeconds };
}

/**
 * Quotes a run and holds its price: the prompt's estimated tokens and the most it may answer. Refuses `not_found`,
 * `operation_not_runnable`, `insufficient_credits`, and what a hold refuses.
 */
export const beginRun: LedgerService<QuoteInput, Started, HoldRefusal | 'operation_not_runnable'> = {
  reads: (input) => holdCredits.reads(input),
  decide(context, { maxOutputTokens, inputTokens, ...hold }) {
    const price = context.view.price(hold.operation);
    if (price === undefined) return refuse('not_found');
    if (price.kind !== 'text') return refuse('operation_not_runnable');
    const outputTokensMax = maxOutputTokens ?? price.outputTokensDefault;
    const units = unitsOfRun(price, { inputTokens, outputTokens: outputTokensMax });
    const decision = holdCredits.decide(context, { ...hold, units });
    if (isRefusal(decision)) return decision;
    const { id, amount } = decision.answer;
    return { ...decision, answer: { holdId: id, amount, price, outputTokensMax } };
  },
};

/** A run that has ended, with what it used and answered. */
export interface BillInput {
  started: Pick<Started, 'holdId' | 'price'>;
  usage: Usage;
  output: string;
}

/**
 * Settles a run at what it used. What it used above its hold is taken from the available credits as far as they
 * reach; a hold that ran out is not billed. Refuses `not_found`, `hold_resolved`.
 */
export const billRun: LedgerService<BillInput, Run, 'not_found' | 'hold_resolved'> = {
  reads: ({ started }) => ({ holdIds: [started.holdId] }),
  decide(context, { started: { holdId, price }, usage, output }) {
    const hold = resolvableHold(context, holdId);
    if (isRefusal(hold)) return hold;
    const units = unitsOfRun(price, usage);
    const facts: EntryFacts = { price: shownPrice(price), units, usage };
    const settle = (spent: number, allowExcess: boolean) =>
      resolveAt(context, hold, { kind: 'settle', spent, allowExcess, facts });
    const whole = settle(priceOf(price, units), true);
    const decision = isRefusal(whole) ? settle(hold.amount, false) : whole;
    if (isRefusal(decision)) throw new Error(`hold ${holdId} is not worth its own amount`);
    const credits = { charged: decision.answer.settledAmount, available: decision.books.balance.available };
    return { ...decision, answer: { runId: holdId, usage, credits, output } };
  },
};

/** Gives the hold of a run back whole, and answers what that leaves. Refuses `not_found`, `hold_resolved`. */
export const releaseRun: LedgerService<
  Pick<Started, 'holdId'>,
  Billed['credits'],
  'not_found' | 'hold_resolved'
> = {
  reads: ({ holdId }) => ({ holdIds: [holdId] }),
  decide(context, { holdId }) {
    const hold = resolvableHold(context, holdId);
    if (isRefusal(hold)) return hold;
    const decision = releaseOf(context, hold);
    return { ...decision, answer: { charged: 0, available: decision.books.balance.available } };
  },
};
