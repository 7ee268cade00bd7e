import type { RunOperationInput } from '@tenantry/contract/operation';
import type { LedgerService } from '@tenantry/ledger/service';
import type { EntryFacts } from '@tenantry/domain/credit/books';
import { type RunPrice, isRunnable, priceOfRun, shownPrice, unitsOfRun } from '@tenantry/domain/credit/price';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { FinishReason } from '@tenantry/domain/run/finish';
import { promptOf } from '@tenantry/domain/run/prompt';
import { type HoldRefusal, holdCredits, holdQuoted, quoteAt } from '../credit/hold.ts';
import { releaseOf, resolvableHold, resolveAt } from '../credit/resolve.ts';
import type { Provider, ProviderUsage } from '../ports.ts';

/** Tokens that the provider reported, or that were estimated because it reported none. */
export type Usage = Omit<ProviderUsage, 'finishReason'>;

/** Tokens with each of their parts, as a client sees them. */
export type WholeUsage = Required<Usage>;

/** Tokens with each of their parts; none where they were not counted. */
export const wholeUsage = (usage: Usage): WholeUsage => ({
  cachedInputTokens: 0,
  reasoningTokens: 0,
  ...usage,
});

/** The usage and the cost of a run. */
export interface Billed {
  runId: string;
  usage: WholeUsage;
  credits: { charged: number; available: number };
}

/** A run with its output, usage and cost. */
export interface Run extends Billed {
  output: string;
  finishReason: FinishReason;
}

/** A run that has ended; without a finish reason it broke off. */
export type EndedRun = Omit<Run, 'finishReason'> & { finishReason: FinishReason | null };

/** A run that may call the provider: its hold, and the price and token limit of its quote. */
export interface Started {
  holdId: string;
  /** The credits that the hold reserves. */
  amount: number;
  price: RunPrice;
  /** What the model is asked, and how many tokens that is estimated to be. */
  prompt: string;
  inputTokens: number;
  outputTokensMax: number;
}

/** A run to quote: what was asked, and how the provider estimates the tokens of a prompt. */
export type QuoteInput = RunOperationInput & {
  /** An estimate of the tokens of the prompt that is made of the template of the operation. */
  estimateTokens(prompt: string): number;
  ttlSeconds: number;
};

/** A hold lives this much longer than the deadline of a call, so that it does not expire during the call. */
const settleSeconds = 60;

/** The quote input of a run with this provider. */
export function quoteInputOf(provider: Provider, run: RunOperationInput): QuoteInput {
  const ttlSeconds = provider.deadlineSeconds + settleSeconds;
  // What can be counted before the lock is counted there.
  const known = run.prompt === undefined ? 0 : provider.estimateTokens(run.prompt);
  const estimateTokens = (prompt: string) =>
    prompt === run.prompt ? known : provider.estimateTokens(prompt);
  return { ...run, estimateTokens, ttlSeconds };
}

/**
 * Quotes a run and holds its price, for the estimated tokens of the prompt and the maximum of output tokens. Refuses
 * `not_found`, `operation_not_runnable`, `invalid_input` for more output than the operation allows and for
 * a prompt or variables that it does not take, and what a hold refuses.
 */
export const beginRun: LedgerService<QuoteInput, Started, HoldRefusal | 'operation_not_runnable'> = {
  reads: (input) => holdCredits.reads(input),
  decide(context, { maxOutputTokens, prompt: given, variables, estimateTokens, ...hold }) {
    const price = context.view.price(hold.operation);
    if (price === undefined) return refuse('not_found');
    if (!isRunnable(price)) return refuse('operation_not_runnable');
    const outputTokensMax = maxOutputTokens ?? price.outputTokensDefault;
    if (outputTokensMax > price.outputTokensMax) return refuse('invalid_input', tooMuchOutput(price));
    const prompt = promptOf(price, { prompt: given, variables });
    if (isRefusal(prompt)) return prompt;
    const inputTokens = estimateTokens(prompt);
    const most = { inputTokens, outputTokens: outputTokensMax };
    const quoted = quoteAt(price, priceOfRun(price, most), unitsOfRun(price, most));
    const decision = holdQuoted(context, hold, quoted);
    if (isRefusal(decision)) return decision;
    const { id, amount } = decision.answer;
    return { ...decision, answer: { holdId: id, amount, price, prompt, inputTokens, outputTokensMax } };
  },
};

/** What a provider is asked in a run. */
export function askedOf({ price, prompt, outputTokensMax }: Started) {
  const { name: operation, model } = price;
  return { operation, prompt, outputTokensMax, ...(model === null ? {} : { model }) };
}

const tooMuchOutput = ({ outputTokensMax }: RunPrice) => ({
  errors: [{ path: 'maxOutputTokens', message: `is at most ${outputTokensMax} of this operation` }],
});

/** A run that has ended, with its usage and output. */
export interface BillInput {
  started: Pick<Started, 'holdId' | 'price'>;
  usage: Usage;
  output: string;
  /** Why the output ended; null when it broke off. */
  finishReason: FinishReason | null;
  /** Whether the run was ended because it had used more than its hold. */
  isOverrun?: boolean;
}

/**
 * Settles a run at its price. A price above the hold takes the excess from the available credits. When the available
 * credits or a spending limit do not cover the whole excess, the run is charged the amount of its hold alone; then one that
 * was ended for its overrun ended for want of credits. An expired hold charges nothing. Refuses `not_found`,
 * `hold_resolved`.
 */
export const billRun: LedgerService<BillInput, EndedRun, 'not_found' | 'hold_resolved'> = {
  reads: ({ started }) => ({ holdIds: [started.holdId] }),
  decide(context, { started: { holdId, price }, usage, output, finishReason: reason, isOverrun = false }) {
    const hold = resolvableHold(context, holdId);
    if (isRefusal(hold)) return hold;
    const units = unitsOfRun(price, usage);
    const facts: EntryFacts = { price: shownPrice(price), units, usage };
    const settle = (spent: number, allowExcess: boolean) =>
      resolveAt(context, hold, { kind: 'settle', spent, allowExcess, facts });
    const whole = settle(priceOfRun(price, usage), true);
    const decision = isRefusal(whole) ? settle(hold.amount, false) : whole;
    if (isRefusal(decision)) throw new Error(`hold ${holdId} is not worth its own amount`);
    const credits = { charged: decision.answer.settledAmount, available: decision.books.balance.available };
    const finishReason = isOverrun && isRefusal(whole) ? 'credits' : reason;
    return {
      ...decision,
      answer: { runId: holdId, output, finishReason, usage: wholeUsage(usage), credits },
    };
  },
};

/** Releases the hold of a run, and answers the available credits. Refuses `not_found`, `hold_resolved`. */
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
