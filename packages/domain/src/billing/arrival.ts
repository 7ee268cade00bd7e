import { type Refusal, refuse } from '../refusals.ts';
import { payableNow } from './money-books.ts';

/** An invoice that takes money, with what is due on it in minor units. */
interface PayableInvoice {
  id: string;
  due: number;
}

/** What an invoice gets of money that arrives. */
interface AppliedMoney {
  id: string;
  amount: number;
  isPaid: boolean;
}

/**
 * Where money that arrives goes: onto the invoice that it names, as far as that is due, together with what the balance has;
 * then onto the other invoices of the currency, the oldest first; the rest is the balance. All in minor units of one currency.
 * @param named the invoice that the money is sent for; undefined when that takes no money any more
 * @param others the other invoices that take money, oldest first
 */
export function applyArrival(
  { arrived, balance }: { arrived: number; balance: number },
  named: PayableInvoice | undefined,
  others: readonly PayableInvoice[],
): { applied: AppliedMoney[]; balance: number } {
  const applied: AppliedMoney[] = [];
  let left = balance + arrived;
  const pay = ({ id, due }: PayableInvoice, own: number): void => {
    const amount = payableNow(due, { arrived: own, balance: left });
    if (amount === 0 && due > 0) return;
    left -= amount;
    applied.push({ id, amount, isPaid: amount === due });
  };
  if (named !== undefined) pay(named, Math.min(named.due, arrived));
  for (const one of others) pay(one, 0);
  return { applied, balance: left };
}

/** Refuses `invalid_input` for money with which a balance would be larger than whole numbers are exact. All in minor units. */
export function refusalIfUncountable(amount: number, balance: number): Refusal<'invalid_input'> | undefined {
  if (Math.abs(amount) + Math.abs(balance) <= Number.MAX_SAFE_INTEGER) return undefined;
  return refuse('invalid_input', {
    errors: [{ path: 'amount', message: 'is more than a balance can hold' }],
  });
}
