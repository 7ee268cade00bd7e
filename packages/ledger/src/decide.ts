import type { CallMark, KeyPlace, KeyedCall, StoredCall } from '@tenantry/db/idempotency/call';
import { verdictOf } from '@tenantry/db/idempotency/call';
import { actorFacts, actorName } from '@tenantry/domain/actor';
import {
  type LowBalanceAlert,
  type LowBalanceReport,
  setThresholds,
  watchBalance,
  watchCatchUp,
} from '@tenantry/domain/credit/alerts';
import { catchUp } from '@tenantry/domain/credit/catch-up';
import type { Books } from '@tenantry/domain/credit/ledger';
import type { BoundRequest, Decided } from './bind.ts';
import { onBooksOf } from './books-error.ts';
import { chargesOf, entryOf } from './charges.ts';
import type { Loaded } from './load.ts';
import { type Signature, type SignedPosting, clockSignature, sign } from './postings.ts';
import type { BooksChange, LedgerView } from './service.ts';
import type { ExtendedHold, NewHold, ResolvedHold, StoredHold } from './stored.ts';
import type { Change } from './write.ts';

/** What a batch decided, in the order of its requests, and what is to be written once anything is. */
export interface Outcome {
  decided: readonly Decided[];
  change: Change;
  /** What is to be stored of calls with an Idempotency-Key, and the keys that are to be freed. */
  marks: readonly CallMark[];
  freed: readonly KeyedCall[];
}

/** The books as the decisions so far have left them. */
interface BatchState {
  books: Books;
  holds: Map<string, StoredHold>;
  postings: SignedPosting[];
  newHolds: NewHold[];
  resolved: ResolvedHold[];
  extended: ExtendedHold[];
  alerts: readonly LowBalanceAlert[];
  reports: LowBalanceReport[];
}

/**
 * Brings the books up to `now`, then decides the requests of one batch in order, each on the books that the one before
 * it left; a refusal leaves them as they are. Throws an error that names the account when the books are in a state that
 * the rules exclude.
 */
export function decideAll(
  accountId: string,
  requests: readonly BoundRequest[],
  loaded: Loaded,
  { now, realTime = now }: { now: Date; realTime?: Date },
): Outcome {
  return onBooksOf(accountId, () => {
    const state = open(loaded, now);
    const known = new Map(loaded.calls.map((call) => [placeOf(call), call]));
    const decided = requests.map((request) => decideOne(request, { state, known, loaded, now, realTime }));
    const { books: before } = loaded;
    const { postings, newHolds, resolved, extended, alerts, reports } = state;
    const after = { ...state.books, postings };
    return {
      decided,
      change: { accountId, now, before, after, newHolds, resolved, extended, alerts, reports },
      marks: decided.flatMap(({ mark }) => mark ?? []),
      freed: decided.flatMap(({ freed }) => freed ?? []),
    };
  });
}

interface Batch {
  state: BatchState;
  /** What is stored, or about to be, of the keys that the batch names. */
  known: Map<string, StoredCall>;
  loaded: Loaded;
  now: Date;
  realTime: Date;
}

function decideOne({ key, callInfo, decide, replay }: BoundRequest, batch: Batch): Decided {
  const { state, known, loaded, now, realTime } = batch;
  // The later step of a longer call goes on with its own key.
  const isFirst = key !== undefined && (key.phase === 'once' || key.phase === 'begin');
  const earlier = isFirst ? known.get(placeOf(key)) : undefined;
  if (isFirst && earlier !== undefined) return replay(verdictOf(earlier, key.fingerprint));
  const decided = decide({ ...callInfo, now, view: viewOf(state, loaded) }, realTime);
  const { change, mark } = decided;
  if (change === undefined) return decided;
  const { actor, requestId } = callInfo;
  take(state, change, { actor: actorName(actor), requestId, facts: actorFacts(actor) }, now);
  if (mark !== undefined) known.set(placeOf(mark), mark);
  return decided;
}

const placeOf = ({ procedure, key }: KeyPlace) => `${procedure} ${key}`;

function viewOf(state: BatchState, { charges, entries, siteIds, prices, limitGroups }: Loaded): LedgerView {
  return {
    books: state.books,
    hold: (id) => state.holds.get(id),
    charges: (holdId) => chargesOf(holdId, charges, state.postings),
    entry: (id) => entryOf(id, entries),
    hasSite: (id) => siteIds.includes(id),
    price: (operation) => prices.find(({ name, isCurrent }) => isCurrent && name === operation),
    quotedPrice: ({ operation, priceVersion }) =>
      prices.find(({ name, version }) => name === operation && version === priceVersion),
    limitGroup: (keyId) => {
      const limitGroupId = limitGroups.get(keyId);
      if (limitGroupId === undefined) throw new Error(`the limit group of key ${keyId} was not read`);
      return limitGroupId;
    },
  };
}

/** The books brought up to now, which the clock signs. */
function open({ books: before, holds }: Loaded, now: Date): BatchState {
  const books = catchUp(before, now);
  const watched = watchCatchUp(before.alerts, before.balance.available, books.postings);
  const state: BatchState = {
    books,
    holds: new Map([...before.overdue, ...holds].map((hold) => [hold.id, hold])),
    postings: sign(books.postings, clockSignature),
    newHolds: [],
    resolved: [],
    extended: [],
    ...watched,
  };
  resolve(
    state,
    before.overdue.map(({ id }) => ({ id, status: 'expired', settledAmount: 0 })),
    now,
  );
  return state;
}

function take(state: BatchState, change: BooksChange, signature: Signature, now: Date): void {
  const { books, newHolds = [], resolved = [], extended = [], lowBalanceThresholds } = change;
  const postings = books.postings.slice(state.books.postings.length);
  const seen = watchBalance(state.alerts, state.books.balance.available, { postings, at: now });
  state.alerts = seen.alerts;
  state.reports.push(...seen.reports);
  state.postings.push(...sign(postings, signature));
  state.books = books;
  state.newHolds.push(...newHolds);
  for (const hold of newHolds)
    state.holds.set(hold.id, {
      ...hold,
      status: 'open',
      settledAmount: null,
      isEstimated: false,
      createdAt: now,
      resolvedAt: null,
    });
  extend(state, extended);
  resolve(state, resolved, now);
  if (lowBalanceThresholds !== undefined) state.alerts = setThresholds(state.alerts, lowBalanceThresholds);
}

/** Moves the end of open holds, for the write and for the decisions that come after. */
function extend(state: BatchState, extended: readonly ExtendedHold[]): void {
  state.extended.push(...extended);
  for (const { id, expiresAt } of extended) {
    const hold = state.holds.get(id);
    if (hold === undefined) throw new Error(`hold ${id} is extended and was not read`);
    state.holds.set(id, { ...hold, expiresAt });
  }
}

/** Marks holds as resolved, for the write and for the decisions that come after. */
function resolve(state: BatchState, resolved: readonly ResolvedHold[], now: Date): void {
  state.resolved.push(...resolved);
  for (const { id, status, settledAmount, isEstimated = false } of resolved) {
    const hold = state.holds.get(id);
    if (hold === undefined) throw new Error(`hold ${id} is resolved and was not read`);
    const resolvedAt = hold.resolvedAt ?? now;
    state.holds.set(id, { ...hold, status, settledAmount, isEstimated, resolvedAt });
  }
}
