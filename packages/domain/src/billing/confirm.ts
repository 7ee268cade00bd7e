import type { Money } from '../money.ts';
import { type Refusal, refuse } from '../refusals.ts';

/** Refuses money in another currency than was expected, with both. */
export function refusalIfCurrencyDiffers(
  expected: Money,
  given: Money,
): Refusal<'currency_mismatch'> | undefined {
  return given.currency === expected.currency
    ? undefined
    : refuse('currency_mismatch', both(expected, given));
}

/** Refuses money that is not what was expected, with both. */
export function refusalIfMoneyDiffers(
  expected: Money,
  given: Money,
): Refusal<'amount_mismatch' | 'currency_mismatch'> | undefined {
  const refusal = refusalIfCurrencyDiffers(expected, given);
  if (refusal !== undefined) return refusal;
  return given.amount === expected.amount ? undefined : refuse('amount_mismatch', both(expected, given));
}

const moneyOf = ({ amount, currency }: Money) => ({ amount, currency });
const both = (expected: Money, given: Money) => ({ expected: moneyOf(expected), given: moneyOf(given) });

/** The one open invoice, when no payment names another. */
export function onlyInvoice<T>(open: readonly T[]): T | Refusal<'invoice_ambiguous'> {
  const [first, ...others] = open;
  return first !== undefined && others.length === 0 ? first : refuse('invoice_ambiguous');
}
