import { type InvoiceLine, taxWithin } from './lines.ts';

/** An invoice of which money is sent back, in minor units. */
export interface CreditedInvoice {
  number: string;
  lines: readonly InvoiceLine[];
  amount: number;
  taxRateBasisPoints: number | null;
}

/** What a credit note takes back of an invoice, in minor units. */
export interface Credit {
  lines: InvoiceLine[];
  tax: number;
}

/**
 * The lines and the tax of a credit note over `amount` of an invoice of which `before` was credited already. The whole
 * invoice has its own lines; a part has one, because nothing says which of several lines it is of. The taxes of all credit
 * notes of an invoice that is credited in whole sum to its tax. Throws for an amount that is not positive, or is more than
 * is left of the invoice.
 */
export function creditOf(
  { number, lines, amount: total, taxRateBasisPoints }: CreditedInvoice,
  { amount, before }: { amount: number; before: number },
): Credit {
  const after = before + amount;
  if (amount < 1 || after > total)
    throw new Error(`The invoice ${number} over ${total} is credited ${amount} after ${before}.`);
  const tax = taxWithin(after, taxRateBasisPoints) - taxWithin(before, taxRateBasisPoints);
  if (amount === total) return { lines: [...lines], tax };
  const [only] = lines.length === 1 ? lines : [];
  const description = only === undefined ? `Part of invoice ${number}` : `Part of: ${only.description}`;
  const part = { description, quantity: 1, unitAmount: amount, amount, period: only?.period ?? null };
  return { lines: [part], tax };
}
