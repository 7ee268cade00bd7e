import { type Refusal, refuse } from '../refusals.ts';
import type { UsageFacts } from './books.ts';
import { type OperationPrice, priceOf, priceOfTokens } from './price.ts';

/** What work takes of an operation: units of it, or tokens by their sorts. */
export interface Use {
  units?: number | undefined;
  usage?: UsageFacts | undefined;
}

/** What a use costs, with the units and the tokens that it was reckoned by. */
export interface PricedUse {
  credits: number;
  units: number;
  usage?: UsageFacts;
}

/**
 * What a use costs. Nothing costs nothing. Refuses `invalid_input`, with the field, for tokens of an operation that is not
 * counted in them, and for units where tokens have rates of their own, because their number does not tell their sorts.
 */
export function priceOfUse(
  price: OperationPrice,
  { units, usage }: Use,
): PricedUse | Refusal<'invalid_input'> {
  if (usage !== undefined) {
    if (price.unit !== 'token')
      return invalid('usage', `the operation is counted in the unit ${price.unit}: name units`);
    const tokens = usage.inputTokens + usage.outputTokens;
    const sum = price.rates === null ? priceOf(price, tokens) : priceOfTokens(price, usage);
    return { credits: tokens === 0 ? 0 : sum, units: tokens, usage };
  }
  if (units === undefined) return invalid('units', 'name the units or the usage of the operation');
  if (price.rates !== null)
    return invalid('units', 'tokens of this operation have rates of their own: name their usage');
  return { credits: units === 0 ? 0 : priceOf(price, units), units };
}

/**
 * The most that a use can cost: where tokens have rates of their own, units of them are taken for tokens of the dearest sort.
 * Refuses what `priceOfUse` refuses for other units.
 */
export function quoteOfUse(
  price: OperationPrice,
  { units, usage }: Use,
): PricedUse | Refusal<'invalid_input'> {
  if (price.rates === null || usage !== undefined || units === undefined)
    return priceOfUse(price, { units, usage });
  // Cached input costs at most what input costs.
  const isInput = price.rates.input > price.rates.output;
  const dearest = { inputTokens: isInput ? units : 0, outputTokens: isInput ? 0 : units };
  return priceOfUse(price, { usage: { ...dearest, source: 'estimated' } });
}

const invalid = (path: string, message: string) => refuse('invalid_input', { errors: [{ path, message }] });
