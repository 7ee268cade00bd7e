import { rows, statement } from '@tenantry/db/sql';
import type { Transaction } from '@tenantry/db/transaction';

/** Before every account. */
export const firstAccountId = '00000000-0000-0000-0000-000000000000';

/** An account whose clock is ahead is looked at with its own time; there are few, and an index names them. */
const aheadNow = `$1::timestamptz + make_interval(secs => ahead.ahead_milliseconds / 1000.0)`;
const behindSql = statement(
  'accounts_behind',
  `(select distinct account_id from credit_hold where status = 'open' and expires_at <= $1 and account_id > $2
     order by account_id limit 100)
   union (select distinct account_id from credit_grant where available > 0 and expires_at <= $1 and account_id > $2
     order by account_id limit 100)
   union (select account_id from credit_balance where next_grant_at <= $1 and account_id > $2
     order by account_id limit 100)
   union (select id from account ahead where ahead_milliseconds > 0 and id > $2
     and (exists (select from credit_hold where account_id = ahead.id and status = 'open' and expires_at <= ${aheadNow})
     or exists (select from credit_grant where account_id = ahead.id and available > 0 and expires_at <= ${aheadNow})
     or exists (select from credit_balance where account_id = ahead.id and next_grant_at <= ${aheadNow})) order by id limit 100)
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
