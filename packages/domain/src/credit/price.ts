/** The units of which a run is counted here. Work that is counted in any other unit is held and settled by its caller. */
export const runUnits = ['request', 'token', 'word'] as const;
export type RunUnit = (typeof runUnits)[number];

export const operationKinds = ['text', 'image'] as const;
export type OperationKind = (typeof operationKinds)[number];

/** The credits for `unitSize` tokens of each sort. Tokens that a model reasons with are output. */
export interface TokenRates {
  input: number;
  /** Of the input that the provider had in its cache; at most `input`. */
  cachedInput: number;
  output: number;
}

/** What is told of each use of an operation, besides its rate. */
interface PriceFacts {
  name: string;
  kind: OperationKind;
  /** What is counted: `token`, `word`, `request`, or any other name, such as `item` or `page`. */
  unit: string;
  unitSize: number;
  /** The least that a use costs. */
  creditsMin: number;
  outputTokensDefault: number;
  outputTokensMax: number;
  /** The model that answers; null for the one of the provider's settings. */
  model: string | null;
  /** The prompt with names of variables in it; null when a run brings its prompt. */
  promptTemplate: string | null;
}

/** One rate for each started `unitSize` of units. */
type UnitRate = { creditsPerUnit: number; rates: null };
/** Rates for the sorts of tokens, of an operation that is counted in tokens. */
type RatesOfTokens = { creditsPerUnit: null; rates: TokenRates };

/** What an operation costs, before it is written as a version. */
export type PriceTerms = PriceFacts & (UnitRate | RatesOfTokens);
/** One version of the price of an operation. */
export type OperationPrice = PriceTerms & { version: number };
export type UnitPrice = OperationPrice & UnitRate;
export type TokenPrice = OperationPrice & RatesOfTokens;

/** A price as an entry remembers it. One that was written before prices had versions names none. */
export interface ShownPrice {
  version?: number;
  unit: string;
  unitSize: number;
  /** Null where the sorts of tokens have rates of their own. */
  creditsPerUnit: number | null;
  creditsMin: number;
  rates?: TokenRates;
}

/** A price as an entry remembers it. */
export function shownPrice({
  version,
  unit,
  unitSize,
  creditsPerUnit,
  creditsMin,
  rates,
}: OperationPrice): ShownPrice {
  return { version, unit, unitSize, creditsPerUnit, creditsMin, ...(rates === null ? {} : { rates }) };
}

/**
 * Credits for a number of units, rounded up, with the operation's minimum. A price beyond what a number counts exactly
 * is the most that one counts: no account has more.
 */
export function priceOf(price: UnitPrice, units: number): number {
  const sum = Math.max(price.creditsMin, Math.ceil(units / price.unitSize) * price.creditsPerUnit);
  return Math.min(sum, Number.MAX_SAFE_INTEGER);
}

/** Tokens of a use. What is cached is part of the input. */
export interface TokenCount {
  inputTokens: number;
  cachedInputTokens?: number | undefined;
  outputTokens: number;
}

/**
 * Credits for tokens at the rates of their sorts. The sum is rounded up once, so that no sort is rounded by itself. Its
 * bounds are those of `priceOf`.
 */
export function priceOfTokens(
  { rates, unitSize, creditsMin }: TokenPrice,
  { inputTokens, cachedInputTokens = 0, outputTokens }: TokenCount,
): number {
  // More than the whole input cannot have been cached.
  const cached = Math.min(cachedInputTokens, inputTokens);
  const parts: [number, number][] = [
    [inputTokens - cached, rates.input],
    [cached, rates.cachedInput],
    [outputTokens, rates.output],
  ];
  const sum = parts.reduce((before, [tokens, rate]) => before + BigInt(tokens) * BigInt(rate), 0n);
  const credits = (sum + BigInt(unitSize) - 1n) / BigInt(unitSize);
  if (credits > BigInt(Number.MAX_SAFE_INTEGER)) return Number.MAX_SAFE_INTEGER;
  return Math.max(creditsMin, Number(credits));
}

/** The price of an operation that can be run. */
export type RunPrice = OperationPrice & { kind: 'text'; unit: RunUnit };

/** Whether an operation can be run: it makes text, and is counted in tokens, words or requests. */
export function isRunnable(price: OperationPrice): price is RunPrice {
  return isRunUnit(price.kind, price.unit);
}

/** Whether operations of a kind that are counted in a unit can be run. */
export const isRunUnit = (kind: OperationKind, unit: string): boolean =>
  kind === 'text' && runUnits.some((one) => one === unit);

/** Units of a run with these tokens; words are counted as 0.75 of the output tokens, rounded up. */
export function unitsOfRun({ unit }: Pick<RunPrice, 'unit'>, usage: TokenCount): number {
  switch (unit) {
    case 'token':
      return usage.inputTokens + usage.outputTokens;
    case 'word':
      return Math.ceil(usage.outputTokens * 0.75);
    case 'request':
      return 1;
  }
}

/** What a run with these tokens costs. */
export function priceOfRun(price: RunPrice, usage: TokenCount): number {
  return price.rates === null ? priceOf(price, unitsOfRun(price, usage)) : priceOfTokens(price, usage);
}
