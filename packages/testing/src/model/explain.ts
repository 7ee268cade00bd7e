import { isDeepStrictEqual } from 'node:util';
import { type Model, fork } from './model.ts';
import type { CompletedTask } from './task.ts';

/**
 * Every state that threads of calls may have left which ran at the same time, each thread in its own order: the models
 * that predict the outcome of every call. With `mayFail`, a call that ended in a fault changed nothing.
 */
export function explain(
  model: Model,
  threads: readonly (readonly CompletedTask[])[],
  mayFail: boolean,
): Model[] {
  const waiting = threads.filter((thread) => thread.length > 0);
  if (waiting.length === 0) return [model];
  return waiting.flatMap((thread) => {
    const [first, ...rest] = thread;
    if (first === undefined) return [];
    const { task, outcome } = first;
    const others = [...waiting.filter((other) => other !== thread), rest];
    const next = fork(model);
    const predicted = task.predict(next, outcome);
    if (isDeepStrictEqual(predicted, outcome)) return explain(next, others, mayFail);
    return mayFail && outcome.verdict === 'fault' ? explain(model, others, mayFail) : [];
  });
}
