/** One line of an invoice, in minor units of its currency. What is credited has a negative amount. */
export interface InvoiceLine {
  description: string;
  quantity: number;
  unitAmount: number;
  amount: number;
  /** The period [startsAt, endsAt) that the line is for, RFC 3339 in UTC; null for none. */
  period: { startsAt: string; endsAt: string } | null;
}

/** What an invoice asks for. Prices include the tax, so `tax` is a part of `total`. */
export interface InvoiceTotals {
  total: number;
  net: number;
  tax: number;
}

/** The hundredths of a percent in a whole. */
const basisPoints = 10_000;

/**
 * The total of lines and the tax in it, rounded half up to minor units. `taxRateBasisPoints` is 1900 for 19 %, and null where no
 * tax is charged. Throws for lines whose sum is negative, for amounts that are not integers, and for a line whose amount
 * is not its quantity times its unit amount.
 */
export function totalsOf(
  lines: readonly Omit<InvoiceLine, 'period'>[],
  taxRateBasisPoints: number | null,
): InvoiceTotals {
  let total = 0;
  for (const { description, quantity, unitAmount, amount } of lines) {
    if (amount !== quantity * unitAmount) throw new Error(`The line "${description}" does not multiply.`);
    total += amount;
    if (!Number.isSafeInteger(total)) throw new Error(`The line "${description}" is not in minor units.`);
  }
  if (total < 0) throw new Error(`The lines of an invoice sum to ${total}.`);
  const tax = taxWithin(total, taxRateBasisPoints);
  return { total, net: total - tax, tax };
}

/** The tax in an amount, rounded half up to minor units; 0 where no tax is charged. */
export function taxWithin(total: number, taxRate: number | null): number {
  if (taxRate === null) return 0;
  const whole = BigInt(basisPoints + taxRate);
  // Half up: twice the share, plus one whole, in halves.
  return Number((BigInt(total) * BigInt(taxRate) * 2n + whole) / (whole * 2n));
}
