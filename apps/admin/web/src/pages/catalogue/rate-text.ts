import type { TokenRates } from '@tenantry/domain/credit/price';
import { formatNumber } from '@tenantry/ui/format/number';

/** What is charged for one step of units: one rate, or those of the sorts of tokens. */
export function writeRate({
  rate,
  rates,
}: {
  readonly rate: number | null;
  readonly rates: TokenRates | null;
}): string {
  if (rates === null) return formatNumber(rate ?? 0);
  const { input, cachedInput, output } = rates;
  return `${formatNumber(input)} in, ${formatNumber(cachedInput)} cached, ${formatNumber(output)} out`;
}

/** One step of units: `1,000 tokens`, `request`. */
export function unitsOf({ unit, unitSize }: { readonly unit: string; readonly unitSize: number }): string {
  return unitSize === 1 ? unit : `${formatNumber(unitSize)} ${unit}s`;
}
