import { rows, statement } from '@tenantry/db/sql';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { catchUp } from '@tenantry/domain/credit/catch-up';
import type { Books } from '@tenantry/domain/credit/ledger';
import { emptyReplay, replayEntry } from '@tenantry/domain/credit/replay';
import { BooksError, onBooksOf } from '../books-error.ts';
import { readJournal } from '../journal.ts';
import { inTransaction } from '../port.ts';
import {
  type BalanceRow,
  type GrantJson,
  type HoldJson,
  type StateRow,
  booksOf,
  grantOf,
  holdOf,
} from '../rows.ts';
import { readBooks } from '../statements.ts';
import type { StoredBooks } from '../stored.ts';

/** The account's books as they are now, whether or not what is due has been written. Takes no lock. */
export async function booksNow(tx: AccountTransaction): Promise<Books> {
  const stored = await storedBooks(tx, tx.now);
  return onBooksOf(tx.accountId, () => catchUp(stored, tx.now));
}

async function storedBooks(tx: AccountTransaction, now: Date): Promise<StoredBooks> {
  const { accountId } = tx;
  const [row] = await rows<BalanceRow & StateRow>(tx, readBooks, [accountId, now.toISOString()]);
  return onBooksOf(accountId, () => {
    if (row === undefined) throw new Error('there is no balance');
    return booksOf(row, row, now);
  });
}

const grantsSql = statement(
  'read_grants',
  `select id, kind, (extract(epoch from expires_at) * 1000)::float8 as "expiresAt" from credit_grant where account_id = $1`,
);
const endedSql = statement(
  'read_ended_holds',
  `select id, operation, site_id as "siteId", key_id as "keyId", backings,
  limit_group_id as "limitGroupId", (extract(epoch from created_at) * 1000)::float8 as "createdAt",
  (extract(epoch from expires_at) * 1000)::float8 as "expiresAt", null as "resolvedAt"
  from credit_hold where account_id = $1 and created_at <= $2 and expires_at <= $2`,
);

/** The books as the journal had made them at a time, brought up to that time. Reads the whole journal until then. */
export async function booksAt(tx: AccountTransaction, at: Date): Promise<Books> {
  const { accountId } = tx;
  const replay = emptyReplay();
  for await (const entry of readJournal(inTransaction(tx), accountId)) {
    if (entry.at > at) break;
    const fault = replayEntry(replay, entry);
    if (fault !== undefined) throw new BooksError(accountId, `entry ${entry.sequence} ${fault}`);
  }
  const known = await rows<Omit<GrantJson, 'available' | 'held'>>(tx, grantsSql, [accountId]);
  const grants = known.flatMap((grant) => {
    const left = replay.grants.get(grant.id);
    return left === undefined ? [] : [grantOf({ ...grant, ...left })];
  });
  const ended = await rows<HoldJson>(tx, endedSql, [accountId, at.toISOString()]);
  const overdue = ended.filter(({ id }) => (replay.holds.get(id)?.held ?? 0) > 0).map(holdOf);
  const { due, limits, nextGrantAt, planCreditsEndAt } = await storedBooks(tx, at);
  const stored = { balance: replay.balance, grants, limits, nextGrantAt, planCreditsEndAt };
  const stale = { ...stored, postings: [], overdue, due };
  return onBooksOf(accountId, () => catchUp(stale, at));
}
