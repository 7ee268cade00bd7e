import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { canPass } from './persist.ts';
import { type Problem, problemOf } from './problem.ts';
import type { AppRouter } from './router.ts';

type Inputs = inferRouterInputs<AppRouter>['credit'];
type Outputs = inferRouterOutputs<AppRouter>['credit'];
type Without<Input, Key> = Omit<Input, Extract<keyof Input, Key>>;

/** A hold that work runs under. */
export type Hold = Outputs['hold'];

/** A hold after the work: `settled`, `released` or `expired`. If it expired, `unbilledAmount` was used and not charged. */
export type ResolvedHold = Outputs['settle'];

/** The tokens of work by their sorts, of an operation that is counted in tokens. */
type TokenUsage = NonNullable<Inputs['settle']['usage']>;

/** What to hold: an amount of credits, or the price of units of an operation, or of tokens by their sorts. */
export type HoldInput = Without<Inputs['hold'], 'amount' | 'units' | 'usage' | 'operation'> &
  (
    | { amount: number; operation?: undefined; units?: undefined; usage?: undefined }
    | { operation: string; units: number; usage?: undefined; amount?: undefined }
    | { operation: string; usage: TokenUsage; units?: undefined; amount?: undefined }
  );

/** The usage of work: credits, or units or tokens of the hold's operation. 0 releases the hold. */
export type Used = Without<Inputs['settle'], 'holdId' | 'amount' | 'units' | 'usage'> &
  (
    | { amount: number; units?: undefined; usage?: undefined }
    | { units: number; amount?: undefined; usage?: undefined }
    | { usage: TokenUsage; amount?: undefined; units?: undefined }
  );

/** The figure of a usage, and what it counts. */
export function figureOf({ amount, units, usage }: Used): { figure: number; of: string } {
  if (amount !== undefined) return { figure: amount, of: 'credits' };
  if (units !== undefined) return { figure: units, of: 'units' };
  return { figure: (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0), of: 'tokens' };
}

/** Work that is done: its value, and the usage to settle. */
export interface Done<Value> {
  hold: Hold;
  used: Used;
  value: Value;
  idempotencyKey: string;
}

/** What settles a hold: the input of `credit.settle`. */
export type SettleInput = { holdId: string } & Used;

/**
 * The work is done, and its hold could not be settled. Its usage is not billed, and the hold stays until it expires. The
 * same call, `credit.settle` with `input` and `idempotencyKey`, bills once, even if an earlier attempt arrived and its
 * answer was lost.
 */
export class SettleError<Value = unknown> extends Error implements Done<Value> {
  override readonly name = 'SettleError';
  readonly hold: Hold;
  readonly used: Used;
  /** The value that the work returned. */
  readonly value: Value;
  /** The key to settle with later. */
  readonly idempotencyKey: string;
  /** What to settle with later. */
  readonly input: SettleInput;
  /** Why the API refused the settle; undefined when no answer arrived. */
  readonly problem: Problem | undefined;
  /**
   * Whether trying again can help: true after a lost answer, a fault of the API or a throttle, while the hold is open.
   * False after any other refusal: `problem.code` says what must change first, such as more credits for
   * `insufficient_credits`.
   */
  readonly isRetryable: boolean;
  /** When the API asks to try again at the earliest, in seconds; 0 if it does not say. */
  readonly retryAfterSeconds: number;
  constructor(
    { hold, used, value, idempotencyKey }: Done<Value>,
    { cause, isOpen }: { cause: unknown; isOpen: boolean },
  ) {
    const { figure, of } = figureOf(used);
    super(`The hold ${hold.id} could not be settled at ${figure} ${of}.`, { cause });
    this.hold = hold;
    this.used = used;
    this.value = value;
    this.idempotencyKey = idempotencyKey;
    this.input = { holdId: hold.id, ...used };
    this.problem = problemOf(cause);
    this.isRetryable = isOpen && canPass(cause);
    this.retryAfterSeconds = this.problem?.retryAfterSeconds ?? 0;
  }
}

/** An idempotency key was used before, and its hold is no longer open. The work was not begun. */
export class HoldResolvedError extends Error {
  override readonly name = 'HoldResolvedError';
  readonly hold: Hold;
  constructor(hold: Hold) {
    super(`The hold ${hold.id} of this idempotency key is ${hold.status}.`);
    this.hold = hold;
  }
}
