import { type MoneyEntryKind, moneyMoves } from '@tenantry/domain/billing/money-books';
import type { Money } from '@tenantry/domain/money';
import { newId } from '../ids.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';
import { MoneyEntry } from './entity.ts';

/** Money that moves, and what it moves for. */
export interface NewMoneyEntry extends Money {
  kind: MoneyEntryKind;
  invoiceId?: string;
  paymentId?: string;
  reason?: string;
}

/** Writes that money moved. The account is locked. */
export async function insertMoneyEntry(
  { em, accountId, now, actorName, requestId }: AccountTransaction,
  { kind, ...facts }: NewMoneyEntry,
): Promise<void> {
  const { from: fromBook, to: toBook } = moneyMoves[kind];
  const written = { at: now, actor: actorName, requestId };
  await em.insert(MoneyEntry, { accountId, id: newId(), kind, fromBook, toBook, ...facts, ...written });
}

const balances = `select currency, sum(case when to_book = 'balance' then amount when from_book = 'balance' then -amount else 0 end)::float8 as amount
  from money_entry where account_id = $1 group by currency order by currency`;

/** The account's balance in each currency that it ever paid in, by the journal. */
export function moneyBalances(tx: AccountTransaction): Promise<Money[]> {
  return rows<Money>(tx, balances, [tx.accountId]);
}

/** The account's balance in one currency, in minor units. */
export async function moneyBalance(tx: AccountTransaction, currency: string): Promise<number> {
  return (await moneyBalances(tx)).find((one) => one.currency === currency)?.amount ?? 0;
}

const applied = `select coalesce(sum(case kind when 'apply' then amount else -amount end), 0)::float8 as amount
  from money_entry where account_id = $1 and invoice_id = $2 and payment_id = $3 and kind in ('apply', 'release', 'credit')`;

const invoiced = `select coalesce(sum(case kind when 'apply' then amount else -amount end), 0)::float8 as amount
  from money_entry where account_id = $1 and invoice_id = $2 and kind in ('apply', 'release', 'credit')`;

/** How much money is in an invoice now, from whichever payment. */
export async function invoicedAmount(tx: AccountTransaction, invoiceId: string): Promise<number> {
  const [sum] = await rows<{ amount: number }>(tx, invoiced, [tx.accountId, invoiceId]);
  return sum?.amount ?? 0;
}

/** How much of a payment is in an invoice now: applied, and neither given back nor sent back. */
export async function appliedAmount(
  tx: AccountTransaction,
  { invoiceId, paymentId }: { invoiceId: string; paymentId: string },
): Promise<number> {
  const [sum] = await rows<{ amount: number }>(tx, applied, [tx.accountId, invoiceId, paymentId]);
  return sum?.amount ?? 0;
}

const credited = `select invoice_id as "invoiceId", sum(amount)::float8 as amount from money_entry
  where account_id = $1 and invoice_id = any ($2) and kind = 'credit' group by invoice_id`;

/** How much was sent back of each invoice that was paid; an invoice of which nothing was is not in it. */
export async function creditedAmounts(
  tx: AccountTransaction,
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = await rows<{ invoiceId: string; amount: number }>(tx, credited, [tx.accountId, invoiceIds]);
  return new Map(found.map(({ invoiceId, amount }) => [invoiceId, amount]));
}
