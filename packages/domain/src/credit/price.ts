/** The units of which a run is counted here. Work that is counted in any other unit is held and settled by its caller. */
export const runUnits = ['request', 'token', 'word'] as const;
export type RunUnit = (typeof runUnits)[number];

export const operationKinds = ['text', 'image'] as const;
export type OperationKind = (typeof operationKinds)[number];

/** A priced operation: `creditsPerUnit` for each started `unitSize` of units, at least `creditsMin`. */
export interface OperationPrice {
  name: string;
  kind: OperationKind;
  /** What is counted: `token`, `word`, `request`, or any other name, such as `item` or `page`. */
  unit: string;
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

/** The price of an operation that can be run. */
export type RunPrice = OperationPrice & { kind: 'text'; unit: RunUnit };

/** Whether an operation can be run: it makes text, and is counted in tokens, words or requests. */
export function isRunnable(price: OperationPrice): price is RunPrice {
  return price.kind === 'text' && runUnits.some((unit) => unit === price.unit);
}

/** Units of a run with these tokens; words are counted as 0.75 of the output tokens, rounded up. */
export function unitsOfRun(
  { unit }: Pick<RunPrice, 'unit'>,
  usage: { inputTokens: number; outputTokens: number },
): number {
  switch (unit) {
    case 'token':
      return usage.inputTokens + usage.outputTokens;
    case 'word':
      return Math.ceil(usage.outputTokens * 0.75);
    case 'request':
      return 1;
  }
}
