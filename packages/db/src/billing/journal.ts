import type { MoneyBook, MoneyEntryKind } from '@tenantry/domain/billing/money-books';
import type { Money } from '@tenantry/domain/money';
import { type Page, type PageInput, pageOf, placeBefore } from '../page.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';

/** An entry of the journal of money, with the balance of its currency after it. */
export interface ListedMoneyEntry {
  id: string;
  sequence: number;
  at: Date;
  kind: MoneyEntryKind;
  from: MoneyBook;
  to: MoneyBook;
  amount: Money;
  balanceAfter: number;
  invoiceId: string | null;
  paymentId: string | null;
  reason: string | null;
  actor: string;
  requestId: string;
}

const page = `select id, sequence::float8 as sequence, (extract(epoch from at) * 1000)::float8 as at, kind, from_book as "from",
  to_book as "to", jsonb_build_object('amount', amount, 'currency', currency) as amount, balance_after::float8 as "balanceAfter",
  invoice_id as "invoiceId", payment_id as "paymentId", reason, actor, request_id as "requestId"
from (select entry.*, sum(case when to_book = 'balance' then amount when from_book = 'balance' then -amount else 0 end)
    over (partition by currency order by sequence) as balance_after from money_entry entry where account_id = $1) journal
where ($2::bigint is null or sequence < $2) and ($3::uuid is null or invoice_id = $3) and ($4::uuid is null or payment_id = $4)
order by sequence desc limit $5`;

/** The journal of the account's money, newest first; of one invoice, or of one payment. */
export async function listMoneyEntries(
  tx: AccountTransaction,
  {
    limit,
    cursor,
    invoiceId,
    paymentId,
  }: PageInput & { invoiceId?: string | undefined; paymentId?: string | undefined },
): Promise<Page<ListedMoneyEntry>> {
  const before = placeBefore(cursor) ?? null;
  const named = [before, invoiceId ?? null, paymentId ?? null, limit + 1];
  const found = await rows<Omit<ListedMoneyEntry, 'at'> & { at: number }>(tx, page, [tx.accountId, ...named]);
  const entries = found.map((row) => ({ ...row, at: new Date(row.at) }));
  return pageOf(entries, limit, ({ sequence }) => String(sequence));
}
