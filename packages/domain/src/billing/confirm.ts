import type { Money } from '../money.ts';
import { type Refusal, refuse } from '../refusals.ts';

export type InvoiceStatus = 'open' | 'paid' | 'void';
export type PaymentStatus = 'pending_approval' | 'succeeded' | 'failed' | 'refunded';

/** Whether the money that arrived is the money of the invoice. Undefined means yes. */
export function matchesInvoice(
  invoice: Money,
  arrived: Money,
): Refusal<'amount_mismatch' | 'currency_mismatch'> | undefined {
  if (arrived.currency !== invoice.currency) return refuse('currency_mismatch');
  return arrived.amount === invoice.amount ? undefined : refuse('amount_mismatch');
}

/** Whether a payment in this state may be confirmed or rejected. Undefined means yes. */
export function isPending(status: PaymentStatus): Refusal<'payment_state'> | undefined {
  return status === 'pending_approval' ? undefined : refuse('payment_state');
}

/** The one open invoice, when no payment names another. */
export function onlyInvoice<T>(open: readonly T[]): T | Refusal<'invoice_ambiguous'> {
  const [first, ...others] = open;
  return first !== undefined && others.length === 0 ? first : refuse('invoice_ambiguous');
}
