import type { Charge } from '@tenantry/domain/credit/correct';
import type { Books } from '@tenantry/domain/credit/ledger';
import type { OperationPrice } from '@tenantry/domain/credit/price';
import type { Refusal } from '@tenantry/domain/refusals';
import type { NewHold, ResolvedHold } from '../credit/change.ts';
import type { StoredHold } from '../credit/rows.ts';
import type { StoredAnswer } from '../idempotency/verdict.ts';
import type { CallInfo } from '../transaction.ts';

/** Everything a decision may look at, read behind the account's lock. */
export interface LedgerView {
  now: Date;
  books: Books;
  /** A hold that the work named, as it stands after the decisions before this one. */
  hold(id: string): StoredHold | undefined;
  /** What was charged, by an estimate, for a hold that the work named so, in order. */
  charges(holdId: string): Charge[];
  /** Whether a site that the work named exists. */
  hasSite(id: string): boolean;
  /** The price of an operation that the work, or a hold that it named, names. */
  price(operation: string): OperationPrice | undefined;
}

/** What a decision does to the books, and what its caller is answered once that is committed. */
export interface Decision<T> {
  books: Books;
  newHolds?: readonly NewHold[];
  resolved?: readonly ResolvedHold[];
  answer: T;
}

/** Work on an account's credits: what it looks at, and how it decides. It waits for nothing. */
export interface LedgerWork<T> {
  holdIds?: readonly string[];
  /** Holds whose estimated charges it looks at, with the grants that these came from. */
  chargedHoldIds?: readonly string[];
  siteIds?: readonly string[];
  operations?: readonly string[];
  decide(view: LedgerView, callInfo: CallInfo): Decision<T> | Refusal;
}

/** The Idempotency-Key of a call, and what this work means for it. */
export interface LedgerKey<T> {
  procedure: string;
  key: string;
  fingerprint: string;
  /** `once`: the whole call; the others begin a longer one, complete it, or give its key free. */
  phase: 'once' | 'begin' | 'complete' | 'abandon';
  /** The answer as it is stored. */
  textOf(answer: T): string;
}

/** Work with who asked for it. */
export interface LedgerCall<T> {
  work: LedgerWork<T>;
  callInfo: CallInfo;
  key?: LedgerKey<T> | undefined;
}

/** What a caller of a lane is answered. */
export type LedgerAnswer<T> = T | StoredAnswer | Refusal;
