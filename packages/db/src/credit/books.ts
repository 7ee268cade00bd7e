import type { Backing, HoldStatus } from '@tenantry/domain/credit/books';
import type { BackedHold, Books } from '@tenantry/domain/credit/ledger';
import { newId } from '../ids.ts';
import type { Records } from '../transact.ts';
import { chainHash } from './chain.ts';
import { type BalanceRow, type GrantRow, type HoldRow, balanceOf, grantOf, holdOf } from './rows.ts';
import { holdById, liveGrants, lockBalance, overdueHolds, readBalance, writeChange } from './statements.ts';

/** The books as stored, with what is needed to number and chain the next entry. */
export interface StoredBooks extends Books {
  sequence: number;
  headHash: string;
  overdue: BackedHold[];
}

/** A hold that the same change makes. */
export interface NewHold {
  id: string;
  amount: number;
  operation: string | null;
  siteId: string | null;
  metadata: Record<string, string>;
  expiresAt: Date;
  backings: readonly Backing[];
}

/** What becomes of an open hold in this change. */
export interface ResolvedHold {
  id: string;
  status: Exclude<HoldStatus, 'open'>;
  settledAmount: number;
}

/** Everything one deed does to the books. */
export interface Change {
  before: StoredBooks;
  after: Books;
  newHolds?: readonly NewHold[];
  resolved?: readonly ResolvedHold[];
  /** Why each new grant was made, by grant id; unique by account and kind. */
  references?: ReadonlyMap<string, string>;
}

/** Reads the books; `lock` keeps every other credit deed of this account waiting until the commit. */
export async function loadBooks(
  { em, accountId, now }: Records,
  mode: 'lock' | 'read',
): Promise<StoredBooks> {
  const rows: BalanceRow[] = await em.execute(mode === 'lock' ? lockBalance : readBalance, [accountId]);
  const [row] = rows;
  if (row === undefined) throw new Error('an account without a balance');
  const grants: GrantRow[] = await em.execute(liveGrants, [accountId]);
  const overdue: HoldRow[] = await em.execute(overdueHolds, [accountId, now.toISOString()]);
  return {
    balance: balanceOf(row),
    grants: grants.map(grantOf),
    postings: [],
    sequence: Number(row.sequence),
    headHash: row.head_hash,
    overdue: overdue.map(holdOf),
  };
}

/** One hold with what backs it, or undefined when this account has none of that id. */
export async function findBackedHold(
  { em, accountId }: Records,
  id: string,
): Promise<(BackedHold & { amount: number; status: HoldStatus }) | undefined> {
  const rows: HoldRow[] = await em.execute(holdById, [accountId, id]);
  const [row] = rows;
  return row === undefined ? undefined : holdOf(row);
}

/** Writes a change in one statement: grants, holds, entries with their chain, balance. The books are locked. */
export async function writeBooks(records: Records, change: Change): Promise<void> {
  const document = documentOf(records, change);
  const expected =
    document.newGrants.length +
    document.grants.length +
    document.newHolds.length +
    document.backings.length +
    document.resolved.length +
    document.entries.length +
    1;
  const rows: { touched: string }[] = await records.em.execute(writeChange, [
    records.accountId,
    JSON.stringify(document),
  ]);
  if (Number(rows[0]?.touched) !== expected) throw new Error('a credit change did not reach all of its rows');
}

function documentOf(records: Records, { before, after, newHolds = [], resolved = [], references }: Change) {
  const { entries, headHash } = chainEntries(records, before, after);
  const known = new Map(before.grants.map((grant) => [grant.id, grant]));
  const createdAt = records.now;
  return {
    newGrants: after.grants
      .filter((grant) => !known.has(grant.id))
      .map((grant) => ({
        ...grant,
        amount: grant.available + grant.held,
        reference: references?.get(grant.id) ?? grant.id,
        createdAt,
      })),
    grants: after.grants.filter((grant) => known.has(grant.id) && known.get(grant.id) !== grant),
    newHolds: newHolds.map(({ backings: _backings, ...hold }) => ({ ...hold, createdAt })),
    backings: newHolds.flatMap((hold) => hold.backings.map((part) => ({ holdId: hold.id, ...part }))),
    resolved: resolved.map((hold) => ({ ...hold, resolvedAt: records.now })),
    entries,
    balance: { ...after.balance, sequence: before.sequence + entries.length, headHash },
  };
}

function chainEntries({ accountId, actorName, requestId, now }: Records, before: StoredBooks, after: Books) {
  let headHash = before.headHash;
  let available = before.balance.available;
  const entries = after.postings.map((posting, index) => {
    if (posting.from === 'available') available -= posting.amount;
    if (posting.to === 'available') available += posting.amount;
    const { holdId = null, grantId = null, operation = null, siteId = null, ...movement } = posting;
    const content = {
      ...movement,
      accountId,
      id: newId(),
      sequence: before.sequence + index + 1,
      at: now,
      availableAfter: available,
      holdId,
      grantId,
      operation,
      siteId,
      actor: actorName,
      requestId,
    };
    headHash = chainHash(headHash, content);
    return { ...content, hash: headHash };
  });
  return { entries, headHash };
}
