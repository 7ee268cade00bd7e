import type { Account } from './account.ts';
import type { Environment } from './environment.ts';
import type { Model } from './model.ts';
import type { Outcome } from './outcome.ts';

/** One call, and what the model expects of it. */
export interface Task {
  /** The call as a text, for the reader of a counterexample. */
  description: string;
  /** Whether it is decided in the account's group commit. */
  isGrouped: boolean;
  run(environment: Environment, process: 0 | 1): Promise<Outcome>;
  /**
   * Changes the model as the call must, and answers the outcome that it must have. Of the real outcome it takes over
   * only what cannot be predicted: ids and bytes.
   */
  predict(model: Model, outcome: Outcome): Outcome;
}

/** A task with its outcome. */
export interface CompletedTask {
  task: Task;
  outcome: Outcome;
}

/** A choice of fast-check, from which a task is made when the state of the account is known. */
export interface PlannedTask {
  name: string;
  description: string;
  plan(account: Account, other: Account): Task;
}
