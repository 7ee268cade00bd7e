import { rows, statement } from '@tenantry/db/sql';
import type { Transaction } from '@tenantry/db/transaction';

/** Before every account. */
export const firstAccountId = '00000000-0000-0000-0000-000000000000';

const behindSql = statement(
  'accounts_behind',
  `(select distinct account_id from credit_hold where status = 'open' and expires_at <= $1 and account_id > $2
     order by account_id limit 100)
   union (select distinct account_id from credit_grant where available > 0 and expires_at <= $1 and account_id > $2
     order by account_id limit 100)
   union (select account_id from credit_balance where next_grant_at <= $1 and account_id > $2
     order by account_id limit 100)
   order by account_id limit 100`,
);

/**
 * Accounts after one of which a hold, a grant or a month is due and not written yet, by id; at most 100. It reads every
 * account, so only the worker's role sees any.
 */
export async function accountsBehind(tx: Transaction, now: Date, after: string): Promise<string[]> {
  const found = await rows<{ account_id: string }>(tx, behindSql, [now.toISOString(), after]);
  return found.map((row) => row.account_id);
}
