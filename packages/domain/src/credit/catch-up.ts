import { isRefusal } from '../refusals.ts';
import { expireGrants, limitPlanGrants, setPlanGrant } from './grants.ts';
import { type BackedHold, type Books, resolveHold } from './ledger.ts';
import type { PlanMonth } from './schedule.ts';

/** A month of plan credits that is due, with the id that its grant will have. */
export type DueMonth = PlanMonth & { id: string };

/** Books as they are stored, with what has become due since they were written. */
export interface StaleBooks extends Books {
  /** Open holds whose time is over. */
  overdue: readonly BackedHold[];
  /** Months of plan credits that have begun. */
  due: readonly DueMonth[];
  /** When the credits of a cancelled plan end, which has no grace; null for any other. */
  planCreditsEndAt: Date | null;
}

/**
 * Writes into the books what follows from time alone, each thing at its own time and in that order, so that the result
 * does not depend on who writes it when: months that began, grants that expired, holds that ran out. Every change of
 * the ledger does this first, and every read computes the same. Throws when a hold cannot be given back.
 */
export function catchUp(stale: StaleBooks, now: Date): Books {
  const { overdue, due, planCreditsEndAt, ...stored } = stale;
  const moments = [...overdue.map(({ expiresAt }) => expiresAt), ...due.map(({ at }) => at)];
  const times = [...new Set(moments.map((moment) => moment.getTime()))].toSorted((a, b) => a - b);
  const limited = (given: Books) =>
    planCreditsEndAt === null ? given : limitPlanGrants(given, planCreditsEndAt);
  let books: Books = limited(stored);
  for (const time of times) {
    for (const month of due) if (month.at.getTime() === time) books = limited(beginMonth(books, month));
    books = expireGrants(books, new Date(time));
    for (const hold of overdue) if (hold.expiresAt.getTime() === time) books = runOut(books, hold);
  }
  return expireGrants(books, now);
}

function beginMonth(books: Books, { at, nextAt, ...month }: DueMonth): Books {
  return { ...setPlanGrant(books, month, at, at), nextGrantAt: nextAt };
}

function runOut(books: Books, hold: BackedHold): Books {
  const { expiresAt: at } = hold;
  const after = resolveHold(books, hold, { kind: 'hold_expiry', spent: 0, at }, at);
  if (isRefusal(after)) throw new Error(`hold ${hold.id} ran out and cannot be given back: ${after.refused}`);
  return after;
}
