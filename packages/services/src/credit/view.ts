import type { LedgerEntry } from '@tenantry/ledger/read/entries';
import type { HoldStatus } from '@tenantry/domain/credit/books';
import type { ShownPrice, TokenRates } from '@tenantry/domain/credit/price';

/** What is stored of a hold. */
interface HoldFacts {
  id: string;
  amount: number;
  status: HoldStatus;
  settledAmount?: number | null | undefined;
  isEstimated?: boolean;
  operation?: string | null | undefined;
  siteId?: string | null | undefined;
  metadata: Record<string, string>;
  expiresAt: Date;
  createdAt: Date;
}

/** A hold as a client sees it. */
export interface HoldView {
  id: string;
  amount: number;
  status: HoldStatus;
  settledAmount: number | null;
  /** Whether what was settled is an estimate that nobody has trued up yet. */
  estimated: boolean;
  operation: string | null;
  siteId: string | null;
  metadata: Record<string, string>;
  expiresAt: Date;
  createdAt: Date;
}

/** A hold as a client sees it; an open one that ran out is expired, whoever has written it down. */
export function holdView(hold: HoldFacts, now: Date): HoldView {
  const { id, amount, expiresAt, createdAt, metadata } = hold;
  const status: HoldStatus = hold.status === 'open' && expiresAt <= now ? 'expired' : hold.status;
  return {
    id,
    amount,
    status,
    expiresAt,
    createdAt,
    metadata,
    settledAmount: status === 'expired' ? 0 : (hold.settledAmount ?? null),
    estimated: hold.isEstimated ?? false,
    operation: hold.operation ?? null,
    siteId: hold.siteId ?? null,
  };
}

/** What a price says of units, as a client sees it. */
export function pricedAs({
  unit,
  unitSize,
  creditsPerUnit,
  creditsMin,
  rates,
}: Omit<ShownPrice, 'rates'> & { rates?: TokenRates | null }) {
  return { unit, unitSize, creditsPerUnit, rates: rates ?? null, creditsMin };
}

/** An entry as a client sees it. */
export function entryView(entry: LedgerEntry) {
  return {
    id: entry.id,
    sequence: entry.sequence,
    at: entry.at,
    kind: entry.kind,
    from: entry.fromBook,
    to: entry.toBook,
    amount: entry.amount,
    availableAfter: entry.availableAfter,
    holdId: entry.holdId ?? null,
    grantId: entry.grantId ?? null,
    operation: entry.operation ?? null,
    siteId: entry.siteId ?? null,
    reversesId: entry.reversesId ?? null,
    actor: entry.actor,
    hash: entry.hash,
  };
}
