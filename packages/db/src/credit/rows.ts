import type { Balance, Backing, Grant, GrantKind, HoldStatus } from '@tenantry/domain/credit/books';
import type { BackedHold } from '@tenantry/domain/credit/ledger';
import type { SpendingLimit } from '@tenantry/domain/credit/limits';
import type { CreditSchedule } from '@tenantry/domain/credit/schedule';

/** The rows of `statements.ts` as the driver answers them: bigint as text, in JSON a number, moments as milliseconds. */
export interface BalanceRow {
  granted: string;
  available: string;
  held: string;
  spent: string;
  expired: string;
  sequence: string;
  head_hash: string;
  next_grant_at: number | null;
  low_balance_thresholds: number[];
}
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
  siteId: string | null;
  keyId: string | null;
  metadata: Record<string, string>;
  backings: Backing[];
  expiresAt: number;
  createdAt: number;
}
export interface StateRow {
  grants: GrantJson[];
  overdue: HoldJson[];
  limits: SpendingLimit[];
  /** What the paid period gives, when a month of it is due. */
  schedule: ScheduleJson | null;
}
export type ScheduleJson = Omit<CreditSchedule, 'periodStart' | 'periodEnd'> & {
  periodStart: number;
  periodEnd: number;
};

/** A hold as it is stored. */
export interface StoredHold extends BackedHold {
  amount: number;
  status: HoldStatus;
  settledAmount: number | null;
  isEstimated: boolean;
  metadata: Record<string, string>;
}

/** The totals of a balance row. */
export function balanceOf(row: BalanceRow): Balance {
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

/** What a period gives, as the rules know it. */
export function scheduleOf({ periodStart, periodEnd, ...schedule }: ScheduleJson): CreditSchedule {
  return { ...schedule, periodStart: new Date(periodStart), periodEnd: new Date(periodEnd) };
}

/** A hold as the rules know it. */
export function holdOf({ expiresAt, createdAt, ...hold }: HoldJson): StoredHold {
  return { ...hold, expiresAt: new Date(expiresAt), createdAt: new Date(createdAt) };
}
