import type { Backing, Balance, Grant, GrantKind, HoldStatus } from '@tenantry/domain/credit/books';
import type { BackedHold } from '@tenantry/domain/credit/ledger';

/** The rows of `statements.ts` as the driver answers them: bigint as text, moments as milliseconds. */
export interface BalanceRow {
  granted: string;
  available: string;
  held: string;
  spent: string;
  expired: string;
  sequence: string;
  head_hash: string;
}
export interface GrantRow {
  id: string;
  kind: GrantKind;
  available: string;
  held: string;
  expires_at: number | null;
}
export interface HoldRow {
  id: string;
  amount: string;
  status: HoldStatus;
  operation: string | null;
  site_id: string | null;
  expires_at: number;
  backings: Backing[] | string;
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
export function grantOf(row: GrantRow): Grant {
  const expiresAt = row.expires_at === null ? null : new Date(row.expires_at);
  return { id: row.id, kind: row.kind, available: Number(row.available), held: Number(row.held), expiresAt };
}

/** A hold with what backs it, as the rules know it. */
export function holdOf(row: HoldRow): BackedHold & { amount: number; status: HoldStatus } {
  const backings = typeof row.backings === 'string' ? parseBackings(row.backings) : row.backings;
  return {
    id: row.id,
    amount: Number(row.amount),
    status: row.status,
    operation: row.operation,
    siteId: row.site_id,
    expiresAt: new Date(row.expires_at),
    backings,
  };
}

function parseBackings(text: string): Backing[] {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed : [];
}
