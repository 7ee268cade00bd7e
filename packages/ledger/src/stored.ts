import type { Backing, HoldStatus } from '@tenantry/domain/credit/books';
import type { LowBalanceAlert } from '@tenantry/domain/credit/alerts';
import type { StaleBooks } from '@tenantry/domain/credit/catch-up';
import type { BackedHold } from '@tenantry/domain/credit/ledger';
import type { Spender } from '@tenantry/domain/credit/limits';

/** A hold as it is stored. */
export interface StoredHold extends BackedHold {
  /** The key that asked for it; null when a person did. */
  keyId: string | null;
  amount: number;
  /** The version of the operation's price that it was quoted; null without an operation. */
  priceVersion: number | null;
  status: HoldStatus;
  settledAmount: number | null;
  /** When it was settled or released, or its expiry was written. */
  resolvedAt: Date | null;
  isEstimated: boolean;
  metadata: Record<string, string>;
}

/** The books as stored, with what is needed to number and chain the next entry. */
export interface StoredBooks extends StaleBooks {
  overdue: readonly StoredHold[];
  sequence: number;
  headHash: string;
  /** A message goes out when what is available falls below one of these. */
  alerts: readonly LowBalanceAlert[];
}

/** A hold that a change makes. */
export interface NewHold extends Spender {
  id: string;
  amount: number;
  operation: string | null;
  priceVersion: number | null;
  keyId: string | null;
  metadata: Record<string, string>;
  expiresAt: Date;
  backings: readonly Backing[];
}

/** An open hold that lives longer. */
export type ExtendedHold = Pick<StoredHold, 'id' | 'expiresAt'>;

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
