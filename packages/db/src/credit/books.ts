import type { Grant } from '@tenantry/domain/credit/books';
import type { BackedHold, Books } from '@tenantry/domain/credit/ledger';
import { emptyReplay, replayEntry } from '@tenantry/domain/credit/replay';
import type { Records } from '../transact.ts';
import { type Change, type StoredBooks, parametersOf, sign } from './change.ts';
import { type Ask, readJournal } from './journal.ts';
import {
  type BalanceRow,
  type GrantJson,
  type HoldJson,
  type StateRow,
  balanceOf,
  grantOf,
  holdOf,
} from './rows.ts';
import { type Statement, loadState, lockBalance, readBalance, writeChange } from './statements.ts';

/** A statement's text with the ORM's parameter marks. */
const forOrm = ({ text }: Statement): string => text.replaceAll(/\$\d/g, '?');
const [lock, read, load, write] = [lockBalance, readBalance, loadState, writeChange].map(forOrm) as [
  string,
  string,
  string,
  string,
];

/** The stored books from their rows. */
export function booksOf(row: BalanceRow | undefined, state: StateRow | undefined): StoredBooks {
  if (row === undefined || state === undefined) throw new Error('an account without a balance');
  return {
    balance: balanceOf(row),
    grants: state.grants.map(grantOf),
    postings: [],
    sequence: Number(row.sequence),
    headHash: row.head_hash,
    overdue: state.overdue.map(holdOf),
  };
}

/** The books with grants that are known besides: those with nothing left are not read with the books. */
export function withGrants(books: StoredBooks, more: readonly Grant[]): StoredBooks {
  const byId = new Map([...more, ...books.grants].map((grant) => [grant.id, grant]));
  return more.length === 0 ? books : { ...books, grants: [...byId.values()] };
}

/**
 * Reads the books inside a deed of another noun; `lock` keeps every other credit deed of this account waiting until
 * the commit. Holds, settles and releases go through the account's lane instead.
 */
export async function loadBooks(
  { em, accountId, now }: Records,
  mode: 'lock' | 'read',
): Promise<StoredBooks> {
  const rows: BalanceRow[] = await em.execute(mode === 'lock' ? lock : read, [accountId]);
  const states: StateRow[] = await em.execute(load, [accountId, accountId, now.toISOString()]);
  return booksOf(rows[0], states[0]);
}

const grantsSql = `select id, kind, (extract(epoch from expires_at) * 1000)::float8 as "expiresAt" from credit_grant where account_id = ?`;
const openSql = `select id, operation, site_id as "siteId", backings, (extract(epoch from expires_at) * 1000)::float8 as "expiresAt"
  from credit_hold where account_id = ? and created_at <= ? and expires_at <= ?`;

/** The books as the journal had made them at a time, with the holds whose time was over by then. */
export async function loadBooksAt(
  { em, accountId }: Records,
  at: Date,
): Promise<Books & { overdue: BackedHold[] }> {
  const ask: Ask = (sql, values) => em.execute(forOrm({ name: '', text: sql }), values);
  const replay = emptyReplay();
  for await (const entry of readJournal(ask, accountId)) {
    if (entry.at > at) break;
    replayEntry(replay, entry);
  }
  const known: Omit<GrantJson, 'available' | 'held'>[] = await em.execute(grantsSql, [accountId]);
  const grants = known.flatMap((grant) => {
    const left = replay.grants.get(grant.id);
    return left === undefined ? [] : [grantOf({ ...grant, ...left })];
  });
  const moment = at.toISOString();
  const ended: HoldJson[] = await em.execute(openSql, [accountId, moment, moment]);
  const overdue = ended.filter(({ id }) => (replay.holds.get(id)?.held ?? 0) > 0).map(holdOf);
  return { balance: replay.balance, grants, postings: [], overdue };
}

/** Writes a change in one statement: grants, holds, entries with their chain, balance. The books are locked. */
export async function writeBooks(
  records: Records,
  { before, after, ...more }: { before: StoredBooks; after: Books } & BookChange,
): Promise<void> {
  const { balance, grants } = after;
  const { accountId, now } = records;
  const postings = sign(after.postings, records);
  await records.em.execute(
    write,
    parametersOf({ accountId, now, before, balance, grants, postings, ...more }),
  );
}

/** What a change may bring besides the books before and after it. */
export type BookChange = Pick<Change, 'newHolds' | 'resolved' | 'references'>;
