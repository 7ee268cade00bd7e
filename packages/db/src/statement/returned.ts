import type { BankLine } from '@tenantry/domain/statement/event';
import type { BookedLine } from '@tenantry/domain/statement/return';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** The most booked lines that are looked at, newest first. */
const bookedMax = 500;

const bookedLines = `select event.payload as line, payment.account_id as "accountId", account.name as "accountName", payment.id as "paymentId"
from provider_event event
join payment on payment.account_id = (event.outcome ->> 'accountId')::uuid and payment.id = (event.outcome ->> 'paymentId')::uuid
join account on account.id = payment.account_id
where event.provider = 'bank_statement' and event.status = 'processed' and event.payload ->> 'direction' = 'credit'
  and payment.status = 'succeeded'
  and (event.payload ->> 'counterpartyAccount' = any($1::text[]) or event.payload ->> 'endToEndId' = any($2::text[])
    or event.payload ->> 'reference' = any($3::text[]))
order by event.id desc limit ${bookedMax}`;

/** The booked payments of all accounts that reversed lines may take back; which, the rule decides. For staff only. */
export async function findBookedLines(tx: Transaction, lines: readonly BankLine[]): Promise<BookedLine[]> {
  if (lines.length === 0) return [];
  return rows<BookedLine>(tx, bookedLines, [
    lines.flatMap(({ counterpartyAccount }) => counterpartyAccount ?? []),
    lines.flatMap(({ endToEndId }) => endToEndId ?? []),
    lines.flatMap(({ reference }) => reference ?? []),
  ]);
}
