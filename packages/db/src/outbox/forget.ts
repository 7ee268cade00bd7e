import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** Rows that one statement deletes at most. */
const rowsMax = 5000;

const attempts = `delete from webhook_attempt where (account_id, delivery_id) in (
  select account_id, id from webhook_delivery where finished_at < $1::timestamptz order by finished_at limit $2)`;
const deliveries = `delete from webhook_delivery where (account_id, id) in (
  select account_id, id from webhook_delivery where finished_at < $1::timestamptz order by finished_at limit $2)
  returning 1 as gone`;
const emails = `delete from email_delivery where (account_id, id) in (
  select account_id, id from email_delivery where finished_at < $1::timestamptz order by finished_at limit $2)
  returning 1 as gone`;

/**
 * Deletes deliveries that ended before a time, with their attempts, and e-mails. Answers whether there may be more: one call
 * deletes a bounded number.
 */
export async function forgetDeliveries(tx: Transaction, before: Date): Promise<boolean> {
  const values = [before.toISOString(), rowsMax];
  await rows(tx, attempts, values);
  const gone = await rows(tx, deliveries, values);
  const mailed = await rows(tx, emails, values);
  return gone.length === rowsMax || mailed.length === rowsMax;
}
