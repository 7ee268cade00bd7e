import { isRefusal } from '../refusals.ts';
import { expireGrants, setPlanGrant } from './grants.ts';
import { type BackedHold, type Books, resolveHold } from './ledger.ts';
import type { PlanMonth } from './schedule.ts';

/** A month of plan credits that is due, with the id that its grant will have. */
export type DueMonth = PlanMonth & { id: string };

/** Books as they are stored, with what time has done to them and nobody has written down. */
export interface StaleBooks extends Books {
  /** Open holds whose time is over. */
  overdue: readonly BackedHold[];
  /** Months of plan credits that have begun. */
  due: readonly DueMonth[];
}

/**
 * Writes into the books what time alone has done, each thing at its own time and in that order, so that it makes no
 * difference who writes it down when: months that began, grants that expired, holds that ran out. Whoever takes the
 * account's lock does this first; whoever only reads computes the same.
 */
export function catchUp(stale: StaleBooks, now: Date): Books {
  const { overdue, due, ...stored } = stale;
  const moments = [...overdue.map(({ expiresAt }) => expiresAt), ...due.map(({ at }) => at)];
  const times = [...new Set(moments.map((moment) => moment.getTime()))].toSorted((a, b) => a - b);
  let books: Books = stored;
  for (const time of times) {
    for (const month of due) if (month.at.getTime() === time) books = beginMonth(books, month);
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
  return isRefusal(after) ? books : after;
}
