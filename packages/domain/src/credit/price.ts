/** What an operation is counted in. */
export const priceUnits = ['request', 'token', 'word', 'item', 'image'] as const;
export type PriceUnit = (typeof priceUnits)[number];

export const operationKinds = ['text', 'image'] as const;
export type OperationKind = (typeof operationKinds)[number];

/** A priced operation: `creditsPerUnit` for each started `unitSize` of units, at least `creditsMin`. */
export interface OperationPrice {
  name: string;
  kind: OperationKind;
  unit: PriceUnit;
  unitSize: number;
  creditsPerUnit: number;
  creditsMin: number;
  outputTokensDefault: number;
}

/** A price as an entry remembers it. */
export function shownPrice({ unit, unitSize, creditsPerUnit, creditsMin }: OperationPrice) {
  return { unit, unitSize, creditsPerUnit, creditsMin };
}

/**
 * Credits for a number of units, rounded up, with the operation's minimum. A price beyond what a number counts exactly
 * is the most that one counts: no account has more.
 */
export function priceOf(price: OperationPrice, units: number): number {
  const sum = Math.max(price.creditsMin, Math.ceil(units / price.unitSize) * price.creditsPerUnit);
  return Math.min(sum, Number.MAX_SAFE_INTEGER);
}

/** Units of a run with these tokens; words are counted as 0.75 of the output tokens, rounded up. */
export function unitsOfRun(
  price: OperationPrice,
  usage: { inputTokens: number; outputTokens: number },
): number {
  switch (price.unit) {
    case 'token':
      return usage.inputTokens + usage.outputTokens;
    case 'word':
      return Math.ceil(usage.outputTokens * 0.75);
    case 'request':
    case 'item':
    case 'image':
      return 1;
  }
}
