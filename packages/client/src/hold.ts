import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from './router.ts';

type Inputs = inferRouterInputs<AppRouter>['credit'];
type Outputs = inferRouterOutputs<AppRouter>['credit'];
type Without<Input, Key> = Omit<Input, Extract<keyof Input, Key>>;

/** A hold that work runs under. */
export type Hold = Outputs['hold'];

/** A hold after the work: `settled` or `released`; or `expired`, and then `unbilledAmount` was used and not charged. */
export type ResolvedHold = Outputs['settle'];

/** What to hold: an amount of credits, or the price of units of an operation. */
export type HoldInput = Without<Inputs['hold'], 'amount' | 'units' | 'operation'> &
  (
    | { amount: number; operation?: undefined; units?: undefined }
    | { operation: string; units: number; amount?: undefined }
  );

/** What work used: credits, or units of the hold's operation; 0 gives the hold back. */
export type Used = Without<Inputs['settle'], 'holdId' | 'amount' | 'units'> &
  ({ amount: number; units?: undefined } | { units: number; amount?: undefined });

/** Work that is done: what it made, and what it used. */
export interface Done<Value> {
  hold: Hold;
  used: Used;
  value: Value;
  idempotencyKey: string;
}

/** Work is done, and what it used is not billed: its hold could not be settled, and stays until it runs out. */
export class SettleError<Value = unknown> extends Error implements Done<Value> {
  override readonly name = 'SettleError';
  readonly hold: Hold;
  readonly used: Used;
  /** What the work made. */
  readonly value: Value;
  /** The key to settle with background: it bills once, also when an attempt did arrive whose answer was lost. */
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

/** An idempotency key was used before, and its hold backs nothing any more; the work was not begun. */
export class HoldResolvedError extends Error {
  override readonly name = 'HoldResolvedError';
  readonly hold: Hold;
  constructor(hold: Hold) {
    super(`The hold ${hold.id} of this idempotency key is ${hold.status}.`);
    this.hold = hold;
  }
}
