import { type ModelHold, creditsMax } from './model.ts';

/** The price list of the demo's catalogue: the units of a step, credits for each step begun, and the least. */
const prices: Readonly<Record<string, readonly [unitSize: bigint, credits: bigint, creditsMin: bigint]>> = {
  cluster_keywords: [1n, 2n, 2n],
  generate_ideas: [1n, 15n, 15n],
  write_content: [1000n, 10n, 1n],
  summarise: [100n, 1n, 1n],
  generate_image: [1n, 25n, 25n],
};

/** What units of an operation cost; undefined for an operation without a price. */
export function priceOf(operation: string | null, units: number | undefined): bigint | undefined {
  const price = operation === null ? undefined : prices[operation];
  if (price === undefined || units === undefined) return undefined;
  const [unitSize, credits, creditsMin] = price;
  const sum = ((BigInt(units) + unitSize - 1n) / unitSize) * credits;
  if (sum > creditsMax) return creditsMax;
  return sum < creditsMin ? creditsMin : sum;
}

/** What the use of a hold costs; undefined for units of a hold without operation. */
export function costOf(
  { operation }: ModelHold,
  { amount, units }: { amount?: number | undefined; units?: number | undefined },
): bigint | undefined {
  if (amount !== undefined) return BigInt(amount);
  return units === 0 && operation !== null ? 0n : priceOf(operation, units);
}
