import type { Grant } from '@tenantry/domain/credit/books';
import type { DueMonth, StaleBooks } from '@tenantry/domain/credit/catch-up';
import type { Books } from '@tenantry/domain/credit/ledger';
import { emptyReplay, replayEntry } from '@tenantry/domain/credit/replay';
import { dueMonths } from '@tenantry/domain/credit/schedule';
import { withIds } from '../ids.ts';
import type { AccountTransaction } from '../transaction.ts';
import { type Change, type StoredBooks, sign, writesOf } from './change.ts';
import { type Ask, readJournal } from './journal.ts';
import {
  type BalanceRow,
  type GrantJson,
  type HoldJson,
  type StateRow,
  balanceOf,
  grantOf,
  holdOf,
  scheduleOf,
} from './rows.ts';
import { type Statement, loadState, lockBalance, readBooks, tryLockBalance } from './statements.ts';

/** A statement's text with the ORM's parameter marks. */
const forOrm = ({ text }: Statement): string => text.replaceAll(/\$\d/g, '?');
const lock = forOrm(lockBalance);
const tryLock = forOrm(tryLockBalance);
const read = forOrm(readBooks);
const load = forOrm(loadState);

/** The stored books from their rows, with what is due by `now`. */
export function booksOf(row: BalanceRow | undefined, state: StateRow | undefined, now: Date): StoredBooks {
  if (row === undefined || state === undefined) throw new Error('an account without a balance');
  const nextGrantAt = row.next_grant_at === null ? null : new Date(row.next_grant_at);
  return {
    balance: balanceOf(row),
    grants: state.grants.map(grantOf),
    limits: state.limits,
    nextGrantAt,
    postings: [],
    sequence: Number(row.sequence),
    headHash: row.head_hash,
    lowBalanceThresholds: row.low_balance_thresholds,
    overdue: state.overdue.map(holdOf),
    due: dueOf(state, nextGrantAt, now),
  };
}

function dueOf({ schedule }: StateRow, nextGrantAt: Date | null, now: Date): DueMonth[] {
  if (schedule === null || nextGrantAt === null) return [];
  // Of two months that are written down at once, the newer is told by its id.
  return withIds(dueMonths(scheduleOf(schedule), nextGrantAt, now));
}

/** The books with grants that are known besides: those with nothing left are not read with the books. */
export function withGrants(books: StoredBooks, more: readonly Grant[]): StoredBooks {
  const byId = new Map([...more, ...books.grants].map((grant) => [grant.id, grant]));
  return more.length === 0 ? books : { ...books, grants: [...byId.values()] };
}

/**
 * Reads the books inside a callInfo of another noun; `lock` keeps every other credit callInfo of this account waiting until
 * the commit. Holds, settles and releases go through the account's lane instead.
 */
export async function loadBooks(tx: AccountTransaction, mode: 'lock' | 'read'): Promise<StoredBooks> {
  const { em, accountId, now } = tx;
  if (mode === 'read') {
    const [row]: (BalanceRow & StateRow)[] = await em.execute(read, [
      ...stateParameters(accountId, now),
      accountId,
    ]);
    return booksOf(row, row, now);
  }
  const rows: BalanceRow[] = await em.execute(lock, [accountId]);
  return booksOf(rows[0], await stateOf(tx), now);
}

/** As `loadBooks` with `lock`, but undefined at once while somebody else is at the books. */
export async function tryBooks(tx: AccountTransaction): Promise<StoredBooks | undefined> {
  const rows: BalanceRow[] = await tx.em.execute(tryLock, [tx.accountId]);
  return rows.length === 0 ? undefined : booksOf(rows[0], await stateOf(tx), tx.now);
}

async function stateOf({ em, accountId, now }: AccountTransaction): Promise<StateRow | undefined> {
  const states: StateRow[] = await em.execute(load, stateParameters(accountId, now));
  return states[0];
}

/** The parameters of `loadState`. */
export function stateParameters(accountId: string, now: Date): string[] {
  const moment = now.toISOString();
  return [accountId, accountId, moment, accountId, accountId, moment];
}

const grantsSql = `select id, kind, (extract(epoch from expires_at) * 1000)::float8 as "expiresAt" from credit_grant where account_id = ?`;
const openSql = `select id, operation, site_id as "siteId", key_id as "keyId", backings, (extract(epoch from created_at) * 1000)::float8 as "createdAt", (extract(epoch from expires_at) * 1000)::float8 as "expiresAt"
  from credit_hold where account_id = ? and created_at <= ? and expires_at <= ?`;

/** The books as the journal had made them at a time, with what time had done by then that was not written down. */
export async function loadBooksAt(tx: AccountTransaction, at: Date): Promise<StaleBooks> {
  const { em, accountId } = tx;
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
  const { due, limits, nextGrantAt } = await loadBooks({ ...tx, now: at }, 'read');
  return { balance: replay.balance, grants, limits, nextGrantAt, postings: [], overdue, due };
}

/** Writes a change: grants, holds, entries with their chain, balance. The books are locked. */
export async function writeBooks(
  tx: AccountTransaction,
  { before, after, ...more }: { before: StoredBooks; after: Books } & BookChange,
): Promise<void> {
  const { accountId, now } = tx;
  const signed = { ...after, postings: sign(after.postings, tx) };
  for (const [statement, values] of writesOf({ accountId, now, before, after: signed, ...more }))
    await tx.em.execute(forOrm(statement), values);
}

/** What a change may bring besides the books before and after it. */
export type BookChange = Pick<Change, 'newHolds' | 'resolved'>;
