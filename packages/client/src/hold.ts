import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from './router.ts';

type Inputs = inferRouterInputs<AppRouter>['credit'];
type Outputs = inferRouterOutputs<AppRouter>['credit'];
type Without<Input, Key> = Omit<Input, Extract<keyof Input, Key>>;

/** A hold that work runs under. */
export type Hold = Outputs['hold'];

/** A hold after the work: `settled`, `released` or `expired`. If it expired, `unbilledAmount` was used and not charged. */
export type ResolvedHold = Outputs['settle'];

/** What to hold: an amount of credits, or the price of units of an operation. */
export type HoldInput = Without<Inputs['hold'], 'amount' | 'units' | 'operation'> &
  (
    | { amount: number; operation?: undefined; units?: undefined }
    | { operation: string; units: number; amount?: undefined }
  );

/** The usage of work: credits, or units of the hold's operation. 0 releases the hold. */
export type Used = Without<Inputs['settle'], 'holdId' | 'amount' | 'units'> &
  ({ amount: number; units?: undefined } | { units: number; amount?: undefined });

/** Work that is done: its value, and the usage to settle. */
export interface Done<Value> {
  hold: Hold;
  used: Used;
  value: Value;
  idempotencyKey: string;
}

/** The work is done, and its hold could not be settled. Its usage is not billed, and the hold stays until it expires. */
export class SettleError<Value = unknown> extends Error implements Done<Value> {
  override readonly name = 'SettleError';
  readonly hold: Hold;
  readonly used: Used;
  /** The value that the work returned. */
  readonly value: Value;
  /** The key to settle with later. It bills once, even if an earlier attempt arrived and its answer was lost. */
  readonly idempotencyKey: string;
  constructor({ hold, used, value, idempotencyKey }: Done<Value>, cause: unknown) {
    const { amount, units } = used;
    const figure = amount === undefined ? `${units} units` : `${amount} credits`;
    super(`The hold ${hold.id} could not be settled at ${figure}.`, { cause });
    this.hold = hold;
    this.used = used;
    this.value = value;
    this.idempotencyKey = idempotencyKey;
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
