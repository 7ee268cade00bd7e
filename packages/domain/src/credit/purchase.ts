import { limitPlanGrants, setPlanGrant } from './grants.ts';
import type { Books } from './ledger.ts';
import type { DueMonth } from './catch-up.ts';

/** What a payment makes of the credits of a plan. */
export interface PurchasedCredits {
  /** The months of the bought period that have begun, in order. */
  begun: readonly DueMonth[];
  /** When the next paid month begins; null when none does. */
  nextGrantAt: Date | null;
}

/**
 * Books what a payment buys. The months that have begun are set now. Credits of a plan end when the next paid month
 * begins.
 */
export function bookPurchase(books: Books, { begun, nextGrantAt }: PurchasedCredits, now: Date): Books {
  const set = begun.reduce((before, month) => setPlanGrant(before, month, now), books);
  const limited = nextGrantAt === null ? set : limitPlanGrants(set, nextGrantAt);
  return { ...limited, nextGrantAt };
}
