import type { Balance, Backing, Grant, GrantKind, HoldStatus } from '@tenantry/domain/credit/books';
import type { LowBalanceAlert } from '@tenantry/domain/credit/alerts';
import type { DueMonth } from '@tenantry/domain/credit/catch-up';
import type { SpendingLimit } from '@tenantry/domain/credit/limits';
import { type CreditPeriod, dueMonths } from '@tenantry/domain/credit/schedule';
import { withIds } from '@tenantry/db/ids';
import type { StoredBooks, StoredHold } from './stored.ts';

/** A row of `lockBalance` as the driver answers it: bigint as text, moments as milliseconds. */
export interface BalanceRow {
  granted: string;
  available: string;
  held: string;
  spent: string;
  expired: string;
  sequence: string;
  head_hash: string;
  next_grant_at: number | null;
  low_balance_alerts: LowBalanceAlert[];
}
/** In JSON a bigint is a number, and a moment is milliseconds. */
export interface GrantJson {
  id: string;
  kind: GrantKind;
  available: number;
  held: number;
  expiresAt: number | null;
}
export interface HoldJson {
  id: string;
  amount: number;
  status: HoldStatus;
  settledAmount: number | null;
  isEstimated: boolean;
  operation: string | null;
  priceVersion: number | null;
  siteId: string | null;
  keyId: string | null;
  limitGroupId: string | null;
  metadata: Record<string, string>;
  backings: Backing[];
  expiresAt: number;
  createdAt: number;
  resolvedAt: number | null;
}
export interface StateRow {
  grants: GrantJson[];
  overdue: HoldJson[];
  limits: SpendingLimit[];
  /** The paid periods, when a month of one is due. */
  periods: PeriodJson[];
  planCreditsEndAt: number | null;
}
type Moments = 'anchorAt' | 'startsAt' | 'endsAt';
type PeriodJson = Omit<CreditPeriod, Moments> & Record<Moments, number>;

/** The stored books from their rows, with what is due by `now`. */
export function booksOf(row: BalanceRow, state: StateRow | undefined, now: Date): StoredBooks {
  if (state === undefined) throw new Error('the state of the books answered no row');
  const nextGrantAt = row.next_grant_at === null ? null : new Date(row.next_grant_at);
  return {
    balance: balanceOf(row),
    grants: state.grants.map(grantOf),
    limits: state.limits,
    nextGrantAt,
    postings: [],
    sequence: Number(row.sequence),
    headHash: row.head_hash,
    alerts: row.low_balance_alerts,
    overdue: state.overdue.map(holdOf),
    due: dueOf(state, nextGrantAt, now),
    planCreditsEndAt: state.planCreditsEndAt === null ? null : new Date(state.planCreditsEndAt),
  };
}

function dueOf({ periods }: StateRow, nextGrantAt: Date | null, now: Date): DueMonth[] {
  if (nextGrantAt === null) return [];
  // Of two months that are written at once, the newer has the higher id.
  return withIds(dueMonths(periods.map(periodOf), nextGrantAt, now));
}

/** The books with grants that were read besides: those with nothing left are not read with the books. */
export function withGrants(books: StoredBooks, more: readonly Grant[]): StoredBooks {
  const byId = new Map([...more, ...books.grants].map((grant) => [grant.id, grant]));
  return more.length === 0 ? books : { ...books, grants: [...byId.values()] };
}

function balanceOf(row: BalanceRow): Balance {
  return {
    granted: Number(row.granted),
    available: Number(row.available),
    held: Number(row.held),
    spent: Number(row.spent),
    expired: Number(row.expired),
  };
}

/** A grant as the rules know it. */
export function grantOf({ expiresAt, ...grant }: GrantJson): Grant {
  return { ...grant, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}

function periodOf({ anchorAt, startsAt, endsAt, ...period }: PeriodJson): CreditPeriod {
  return {
    ...period,
    anchorAt: new Date(anchorAt),
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  };
}

/** A hold as the rules know it. Throws when an open one is not backed by exactly its amount. */
export function holdOf({ expiresAt, createdAt, resolvedAt, ...hold }: HoldJson): StoredHold {
  const backed = hold.backings.reduce((sum, { amount }) => sum + amount, 0);
  if (hold.status === 'open' && backed !== hold.amount)
    throw new Error(`hold ${hold.id} of ${hold.amount} is backed by ${backed}`);
  return {
    ...hold,
    expiresAt: new Date(expiresAt),
    createdAt: new Date(createdAt),
    resolvedAt: resolvedAt === null ? null : new Date(resolvedAt),
  };
}
