import type { Account } from './account.ts';
import type { Environment } from './environment.ts';
import { passTime } from './time.ts';

export type AccountIndex = 0 | 1;

/** Both accounts of a run; most calls go to the first. */
export interface State {
  accounts: readonly [Account, Account];
  /** How often each command ended in each verdict, over all runs. */
  tally: Map<string, number>;
}

/** The account of an index, and the other one. */
export function accountsAt(
  { accounts }: State,
  at: AccountIndex,
): readonly [account: Account, other: Account] {
  const [first, second] = accounts;
  return at === 0 ? [first, second] : [second, first];
}

/** Moves the clock and both models to a time. */
export function moveClock({ accounts }: State, { clock }: Environment, now: number): void {
  clock.now = now;
  for (const { model } of accounts) passTime(model, now);
}

/** Moves the clock by a millisecond, so that no two steps share a time. */
export function tick(state: State, environment: Environment): void {
  moveClock(state, environment, environment.clock.now + 1);
}

/** Counts one outcome of a command. */
export function count(tally: Map<string, number>, name: string, verdict: string): void {
  const line = `${name}: ${verdict}`;
  tally.set(line, (tally.get(line) ?? 0) + 1);
}
