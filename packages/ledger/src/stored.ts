import type { Backing, HoldStatus } from '@tenantry/domain/credit/books';
import type { StaleBooks } from '@tenantry/domain/credit/catch-up';
import type { BackedHold } from '@tenantry/domain/credit/ledger';

/** A hold as it is stored. */
export interface StoredHold extends BackedHold {
  amount: number;
  status: HoldStatus;
  settledAmount: number | null;
  isEstimated: boolean;
  metadata: Record<string, string>;
}

/** The books as stored, with what is needed to number and chain the next entry. */
export interface StoredBooks extends StaleBooks {
  overdue: readonly StoredHold[];
  sequence: number;
  headHash: string;
  /** A message goes out when what is available falls below one of these. */
  lowBalanceThresholds: readonly number[];
}

/** A hold that a change makes. */
export interface NewHold {
  id: string;
  amount: number;
  operation: string | null;
  siteId: string | null;
  keyId: string | null;
  metadata: Record<string, string>;
  expiresAt: Date;
  backings: readonly Backing[];
}

/** What becomes of a hold in a change. */
export interface ResolvedHold {
  id: string;
  status: Exclude<HoldStatus, 'open'>;
  settledAmount: number;
  /** Whether what was settled is an estimate, which may be trued up. */
  isEstimated?: boolean;
  /** What it was before; a settled hold is settled again when its estimate is trued up. */
  before?: 'open' | 'settled';
}
