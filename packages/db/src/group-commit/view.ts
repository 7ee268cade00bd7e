import { actorName } from '@tenantry/domain/actor';
import { catchUp } from '@tenantry/domain/credit/catch-up';
import type { Books } from '@tenantry/domain/credit/ledger';
import type { OperationPrice } from '@tenantry/domain/credit/price';
import { isRefusal } from '@tenantry/domain/refusals';
import {
  type Change,
  type NewHold,
  type ResolvedHold,
  type SignedPosting,
  type StoredBooks,
  sign,
} from '../credit/change.ts';
import { type ChargeRow, chargesOf } from '../credit/charges.ts';
import type { StoredHold } from '../credit/rows.ts';
import type { Decision, LedgerAnswer, LedgerCall } from './call.ts';
import { type Keys, type StoredMark, openKeys } from './keys.ts';

/** What was read behind the lock for all calls of a batch. */
export interface Loaded {
  books: StoredBooks;
  holds: readonly StoredHold[];
  charges: readonly ChargeRow[];
  siteIds: readonly string[];
  prices: readonly OperationPrice[];
  marks: readonly StoredMark[];
}

/** What a batch decided: the answers in the order of the calls, and what is to be written, if anything is. */
export interface Verdicts {
  answers: LedgerAnswer<unknown>[];
  change: Change | undefined;
  keys: Keys;
}

/** Everything that the decisions so far have done. */
interface BatchState {
  books: Books;
  holds: Map<string, StoredHold>;
  postings: SignedPosting[];
  newHolds: NewHold[];
  resolved: ResolvedHold[];
}

/**
 * Decides the calls of one batch in order, each on the books that the one before it left; a refusal leaves them as
 * they are. What time has done is written along, once anything is.
 */
export function decideAll(
  accountId: string,
  calls: readonly LedgerCall<unknown>[],
  loaded: Loaded,
  now: Date,
): Verdicts {
  const { books: before } = loaded;
  const keys = openKeys(loaded.marks, now);
  const state = open(loaded, now);
  const price = (operation: string) => loaded.prices.find(({ name }) => name === operation);
  const hasSite = (id: string) => loaded.siteIds.includes(id);
  let decisions = 0;
  const answers = calls.map(({ work, callInfo, key }) => {
    const earlier = key === undefined ? undefined : keys.earlier(key);
    if (earlier !== undefined) return earlier;
    const hold = (id: string) => state.holds.get(id);
    const charges = (id: string) => chargesOf(id, loaded.charges, state.postings);
    const view = { now, books: state.books, hold, charges, hasSite, price };
    const decision = work.decide(view, callInfo);
    if (isRefusal(decision)) return decision;
    decisions += 1;
    take(state, decision, { actorName: actorName(callInfo.actor), requestId: callInfo.requestId });
    if (key !== undefined) keys.note(key, decision.answer);
    return decision.answer;
  });
  const { postings, newHolds, resolved, books } = state;
  const change = { accountId, now, before, after: { ...books, postings }, newHolds, resolved };
  return { answers, change: decisions === 0 ? undefined : change, keys };
}

/** The books with what time has done to them, which the clock signs. */
function open({ books: before, holds }: Loaded, now: Date): BatchState {
  const books = catchUp(before, now);
  const state: BatchState = {
    books,
    holds: new Map(holds.map((hold) => [hold.id, hold])),
    postings: sign(books.postings, { actorName: 'system:clock', requestId: '' }),
    newHolds: [],
    resolved: [],
  };
  resolve(
    state,
    before.overdue.map(({ id }) => ({ id, status: 'expired', settledAmount: 0 })),
  );
  return state;
}

function take(
  state: BatchState,
  { books, newHolds = [], resolved = [] }: Decision<unknown>,
  by: { actorName: string; requestId: string },
): void {
  state.postings.push(...sign(books.postings.slice(state.books.postings.length), by));
  state.books = books;
  state.newHolds.push(...newHolds);
  resolve(state, resolved);
}

/** Marks holds as resolved, for the write and for the calls that come after. */
function resolve(state: BatchState, resolved: readonly ResolvedHold[]): void {
  state.resolved.push(...resolved);
  for (const { id, status, settledAmount, isEstimated = false } of resolved) {
    const hold = state.holds.get(id);
    if (hold !== undefined) state.holds.set(id, { ...hold, status, settledAmount, isEstimated });
  }
}
