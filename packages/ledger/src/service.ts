import type { KeyedCall, SitedAnswer, Verdict } from '@tenantry/db/idempotency/call';
import type { CallInfo } from '@tenantry/db/transaction';
import type { Charge } from '@tenantry/domain/credit/correct';
import type { Books } from '@tenantry/domain/credit/ledger';
import type { OperationPrice } from '@tenantry/domain/credit/price';
import type { Refusal, RefusalCode } from '@tenantry/domain/refusals';
import type { ExtendedHold, NewHold, ResolvedHold, StoredHold } from './stored.ts';

export type { NewHold, ResolvedHold, StoredHold } from './stored.ts';

/** What a service wants read behind the account's lock, besides the books. */
export interface LedgerReads {
  holdIds?: readonly string[];
  /** Holds whose estimated charges are read, with the grants that these came from. */
  chargedHoldIds?: readonly string[];
  /** Entries of the journal that are read, with what gave them back and the grants that they name. */
  entryIds?: readonly string[];
  siteIds?: readonly string[];
  /** Operations whose prices are read; the prices of `holdIds` are read without being named. */
  operations?: readonly string[];
  /** Whether the API key of the caller spends, so that its limit group is read. */
  isSpent?: boolean;
  /** Whether plan grants that have nothing left, and have not ended, belong to the books. */
  spentPlanGrants?: boolean;
}

/** Everything a decision may look at: what was read behind the account's lock, after the decisions before this one. */
export interface LedgerView {
  /** The books, brought up to the time of the decision. */
  books: Books;
  /** A hold of `holdIds`. */
  hold(id: string): StoredHold | undefined;
  /** What was charged by an estimate for a hold of `chargedHoldIds`, in order. */
  charges(holdId: string): Charge[];
  /** An entry of `entryIds`, as the charge that it may be. */
  entry(id: string): Charge | undefined;
  /** Whether a site of `siteIds` exists. */
  hasSite(id: string): boolean;
  /** What an operation of `operations` costs now; undefined for one that is not there or was withdrawn. */
  price(operation: string): OperationPrice | undefined;
  /** The price that a hold of `holdIds` was quoted, whatever its operation costs now; undefined without an operation. */
  quotedPrice(hold: Pick<StoredHold, 'operation' | 'priceVersion'>): OperationPrice | undefined;
  /** The group in which a key that spends shares its limit. */
  limitGroup(keyId: string): string;
}

/** What a decision is handed: who asks, the time at which it is decided, and the view. */
export type LedgerContext = CallInfo & { view: LedgerView };

/** What a decision writes. */
export interface BooksChange {
  books: Books;
  newHolds?: readonly NewHold[];
  resolved?: readonly ResolvedHold[];
  extended?: readonly ExtendedHold[];
  /** Below which balances the account is told from now on. */
  lowBalanceThresholds?: readonly number[];
}

/** What a decision writes, and what its caller is answered once that is committed. */
export interface Decision<T> extends BooksChange {
  answer: T;
}

/**
 * A service on an account's credits. The ledger locks the balance, reads what `reads` names, brings the books up to
 * now, lets `decide` decide, and writes. A refusal writes nothing. `decide` waits for nothing.
 */
export interface LedgerService<Input, Output, Code extends RefusalCode = never> {
  reads(input: Input): LedgerReads;
  decide(context: LedgerContext, input: Input): Decision<Output> | Refusal<Code>;
}

/** The Idempotency-Key of a call, and what this request means for it. */
export interface LedgerKey<T> extends KeyedCall {
  /**
   * `once`: the whole call; the others begin a longer one, complete it, or free its key. A call that begins with a hold
   * has its key for as long as the hold lives: after that it can charge nothing.
   */
  phase: 'once' | 'begin' | 'complete' | 'abandon';
  /** The answer as it is stored. */
  stored(answer: T): SitedAnswer;
}

/** A service with its input and who asks for it. */
export interface LedgerRequest<Input, Output, Code extends RefusalCode> {
  service: LedgerService<Input, Output, Code>;
  input: Input;
  callInfo: CallInfo;
  key?: LedgerKey<Output> | undefined;
}

/** What the group commit answers: the service's answer or refusal, or what an earlier call with the same key means. */
export type LedgerAnswer<Output, Code extends RefusalCode> = Output | Refusal<Code> | Verdict;
