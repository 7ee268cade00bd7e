import { isRefusal } from '../refusals.ts';
import { type Books, post, takeAvailable } from './ledger.ts';
import { isLive } from './books.ts';
import { setPlanGrant } from './grants.ts';
import type { DueMonth } from './catch-up.ts';

/** What becomes of the credits of something that turns out not to be paid. */
export interface WithdrawnCredits {
  /** The grants that it gave. */
  grantIds: readonly string[];
  /** The months of other periods that begin now instead. */
  begun: readonly DueMonth[];
  /** When the next paid month begins; null when none does. */
  nextGrantAt: Date | null;
  /** When the plan credits of the month that runs end; null when they stay as they are. */
  planCreditsEndAt: Date | null;
}

/**
 * Ends what is available of grants that were not paid, and sets the months that begin in their place. What is held of them
 * stays held, so that work that runs is billed.
 */
export function withdrawCredits(
  books: Books,
  { grantIds, begun, nextGrantAt, planCreditsEndAt }: WithdrawnCredits,
  now: Date,
): Books {
  const isWithdrawn = (id: string) => grantIds.includes(id);
  const ended = books.grants
    .filter(({ id, available }) => isWithdrawn(id) && available > 0)
    .map(({ id, available }) => ({
      kind: 'grant_end' as const,
      from: 'available' as const,
      to: 'expired' as const,
      amount: available,
      grantId: id,
    }));
  const grants = books.grants.map((grant) => {
    if (isWithdrawn(grant.id)) return { ...grant, available: 0, expiresAt: now };
    const isRunning = grant.kind === 'plan' && isLive(grant, now);
    return isRunning && planCreditsEndAt !== null ? { ...grant, expiresAt: planCreditsEndAt } : grant;
  });
  const without = post(books, ended, grants);
  const set = begun.reduce((before, month) => setPlanGrant(before, month, now), without);
  return { ...set, nextGrantAt };
}

/** Lets plan credits that end at one time end at a later one. */
export function extendPlanGrants(books: Books, from: Date, until: Date): Books {
  const grants = books.grants.map((grant) =>
    grant.kind === 'plan' && Number(grant.expiresAt) === Number(from)
      ? { ...grant, expiresAt: until }
      : grant,
  );
  return { ...books, grants };
}

/** Why credits that are owed are taken. The ledger tells them from what staff take by it. */
export const collectedReason = 'Credits of a payment that was taken back had been spent.';

/** Takes credits that are owed, as far as there are any, and says how many. */
export function collectOwed(books: Books, owed: number, now: Date): { books: Books; collected: number } {
  const available = books.grants
    .filter((grant) => isLive(grant, now))
    .reduce((sum, grant) => sum + grant.available, 0);
  const collected = Math.min(owed, available);
  if (collected === 0) return { books, collected };
  const facts = { reason: collectedReason };
  const taken = takeAvailable(books, { kind: 'adjustment', to: 'granted', amount: collected, facts }, now);
  if (isRefusal(taken)) throw new Error(`${collected} credits that are available cannot be taken.`);
  return { books: taken, collected };
}
