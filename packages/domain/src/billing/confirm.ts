import type { Money } from '../money.ts';
import { type Refusal, refuse } from '../refusals.ts';

/** Refuses money that is not the money of the invoice. */
export function refusalIfMoneyDiffers(
  invoice: Money,
  arrived: Money,
): Refusal<'amount_mismatch' | 'currency_mismatch'> | undefined {
  if (arrived.currency !== invoice.currency) return refuse('currency_mismatch');
  return arrived.amount === invoice.amount ? undefined : refuse('amount_mismatch');
}

/** The one open invoice, when no payment names another. */
export function onlyInvoice<T>(open: readonly T[]): T | Refusal<'invoice_ambiguous'> {
  const [first, ...others] = open;
  return first !== undefined && others.length === 0 ? first : refuse('invoice_ambiguous');
}
