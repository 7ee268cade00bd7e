import fc from 'fast-check';
import type { Account } from './account.ts';
import type { PlannedTask, Task } from './task.ts';

/** A kind of call on one account, and how often it is made. A new procedure of the ledger is added as one command. */
export interface Command {
  name: string;
  weight: number;
  /** Whether it may run at the same time as others, and while a fault is injected. */
  isConcurrent: boolean;
  choices: fc.Arbitrary<PlannedTask>;
}

/** A command whose task follows from a choice and from the state of the account. */
export function command<Choice>(
  { name, weight, isConcurrent = true }: { name: string; weight: number; isConcurrent?: boolean },
  choices: fc.Arbitrary<Choice>,
  plan: (account: Account, choice: Choice, other: Account) => Task,
): Command {
  const planned = choices.map((choice) => ({
    name,
    description: `${name} ${fc.stringify(choice)}`,
    plan: (account: Account, other: Account) => plan(account, choice, other),
  }));
  return { name, weight, isConcurrent, choices: planned };
}

/** A planned task of one of some commands, by their weights. */
export function oneOf(commands: readonly Command[]): fc.Arbitrary<PlannedTask> {
  return fc.oneof(...commands.map(({ weight, choices }) => ({ weight, arbitrary: choices })));
}
