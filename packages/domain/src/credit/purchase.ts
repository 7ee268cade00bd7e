import { addGrant, availableByKind, limitPlanGrants, setPlanGrant } from './grants.ts';
import type { Books } from './ledger.ts';
import type { DueMonth } from './catch-up.ts';

/** What a payment makes of the credits of a plan. */
export interface PurchasedCredits {
  /** The months of the bought period that have begun, in order. */
  begun: readonly DueMonth[];
  /** When the next paid month begins; null when none does. */
  nextGrantAt: Date | null;
  /** The credits that the rest of an ended month is worth, and the grant that keeps them. */
  unused: { creditsMax: number; id: string; reference: string };
}

/**
 * Books what a payment buys. The months that have begun are set now; what of the ended month was paid and is unused
 * becomes a grant of its own, at most the credits that are left of it. Credits of a plan end when the next paid month
 * begins.
 */
export function bookPurchase(
  books: Books,
  { begun, nextGrantAt, unused }: PurchasedCredits,
  now: Date,
): Books {
  const set = begun.reduce((before, month) => setPlanGrant(before, month, now), books);
  const kept = keepUnused(books, set, { begun, unused }, now);
  const limited = nextGrantAt === null ? kept : limitPlanGrants(kept, nextGrantAt);
  return { ...limited, nextGrantAt };
}

function keepUnused(
  before: Books,
  after: Books,
  { begun, unused }: Omit<PurchasedCredits, 'nextGrantAt'>,
  now: Date,
): Books {
  const [month] = begun;
  if (month === undefined) return after;
  const left = availableByKind(before.grants, now).plan;
  const amount = Math.min(unused.creditsMax, left - Math.min(left, month.rolloverMax));
  if (amount <= 0) return after;
  const { id, reference } = unused;
  return addGrant(after, { id, kind: 'adjustment', amount, expiresAt: month.expiresAt, reference });
}
