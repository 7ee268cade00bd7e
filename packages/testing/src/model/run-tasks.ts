import { conflictWrites, failWrites, terminateAtLock } from '../failpoint.ts';
import type { Environment } from './environment.ts';
import { type AccountIndex, type State, accountsAt } from './state.ts';
import type { CompletedTask, PlannedTask, Task } from './task.ts';

/** A write that fails at the commit, a backend that is terminated, or the number of conflicts in a row. */
export type InjectedFault = 'commit' | 'terminate' | 1 | 2 | 3 | 4;

/** Calls that run at the same time: a list for each process, in the order of its group commit. */
export type CallLists = readonly (readonly PlannedTask[])[];

export interface NamedTask {
  name: string;
  task: Task;
}
export type NamedOutcome = NamedTask & CompletedTask;

/** Makes the tasks of planned calls, with the accounts as they are now. */
export function planAll(state: State, at: AccountIndex, lists: CallLists): NamedTask[][] {
  const [account, other] = accountsAt(state, at);
  return lists.map((list) => list.map(({ name, plan }) => ({ name, task: plan(account, other) })));
}

/** Runs all tasks at once. Answers threads: one for each group commit, and one for each task outside of them. */
export async function runAll(
  environment: Environment,
  lists: readonly (readonly NamedTask[])[],
): Promise<NamedOutcome[][]> {
  const running = lists.map((list, process) =>
    Promise.all(
      list.map(async ({ name, task }) => ({
        name,
        task,
        outcome: await task.run(environment, process === 0 ? 0 : 1),
      })),
    ),
  );
  const completed = await Promise.all(running);
  const grouped = completed.map((list) => list.filter(({ task }) => task.isGrouped));
  return [...grouped, ...completed.flat().flatMap((one) => (one.task.isGrouped ? [] : [[one]]))];
}

/** Runs work while a fault is injected into the database. */
export async function withFault<T>(
  state: State,
  { database }: Environment,
  { at, fault }: { at: AccountIndex; fault: InjectedFault },
  work: () => Promise<T>,
): Promise<T> {
  if (fault === 'terminate') return terminateAtLock(database, accountsAt(state, at)[0].id, work);
  const removeFault =
    fault === 'commit'
      ? await failWrites(database, 'ledger_entry', 'commit')
      : await conflictWrites(database, 'ledger_entry', fault);
  try {
    return await work();
  } finally {
    await removeFault();
  }
}
