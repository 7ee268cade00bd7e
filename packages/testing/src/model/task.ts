import { isDeepStrictEqual } from 'node:util';
import type { Account, Stage } from './stage.ts';
import { type Model, fork } from './model.ts';

/** What somebody is told: `ok`, `replayed`, the code of a refusal, or `fault`, with what matters of the answer. */
export interface Outcome {
  verdict: string;
  told: Readonly<Record<string, unknown>>;
}

/** One call as it is made, and what the model makes of it. */
export interface Task {
  /** The call in words, for whoever reads a counterexample. */
  words: string;
  /** Whether it goes through the account's lane. */
  isLaned: boolean;
  act(stage: Stage, process: 0 | 1): Promise<Outcome>;
  /**
   * Does to the model what the call does, and answers what the caller must be told. Of the real outcome it takes over
   * only what nobody can foretell: ids and bytes.
   */
  foretell(model: Model, outcome: Outcome): Outcome;
}

/** A task and what came of it. */
export interface Done {
  task: Task;
  outcome: Outcome;
}

export const fault: Outcome = { verdict: 'fault', told: {} };

/**
 * Everything that can have happened when threads of calls ran beside one another, each thread in its own order: the
 * models in which every caller is told what it was told. With `mayFail`, a call that ended in a fault did nothing.
 */
export function explain(model: Model, threads: readonly (readonly Done[])[], mayFail: boolean): Model[] {
  const waiting = threads.filter((thread) => thread.length > 0);
  if (waiting.length === 0) return [model];
  return waiting.flatMap((thread) => {
    const [first, ...rest] = thread;
    if (first === undefined) return [];
    const { task, outcome } = first;
    const others = [...waiting.filter((other) => other !== thread), rest];
    const next = fork(model);
    const foretold = task.foretell(next, outcome);
    if (isDeepStrictEqual(foretold, outcome)) return explain(next, others, mayFail);
    return mayFail && outcome.verdict === 'fault' ? explain(model, others, mayFail) : [];
  });
}

/** Plans a task in an account as it stands; made from what fast-check chose. */
export interface Planned {
  name: string;
  words: string;
  plan(account: Account, other: Account): Task;
}
