import fc from 'fast-check';
import { oneOf } from './command.ts';
import { commands } from './commands.ts';
import { conclude } from './conclude.ts';
import type { Environment } from './environment.ts';
import { groupedCommands } from './ledger-commands.ts';
import { type CallLists, type InjectedFault, planAll, runAll, withFault } from './run-tasks.ts';
import { type AccountIndex, type State, count, tick } from './state.ts';
import type { PlannedTask } from './task.ts';
import { timeStep } from './time-steps.ts';

type Step = fc.AsyncCommand<State, Environment>;

const anyCall = oneOf(commands);
const concurrentCall = oneOf(commands.filter(({ isConcurrent }) => isConcurrent));
const groupedCall = oneOf(groupedCommands);
const accountIndex = fc.constantFrom<AccountIndex>(...Array.from({ length: 9 }, () => 0 as const), 1);
const injectedFault = fc.constantFrom<InjectedFault>('commit', 'terminate', 1, 2, 3, 4);

const alone = fc.tuple(accountIndex, anyCall).map(([at, call]) => callStep('alone', at, [[call]]));
const oneProcess = fc
  .tuple(accountIndex, fc.array(concurrentCall, { minLength: 2, maxLength: 5 }))
  .map(([at, calls]) => callStep('one process', at, [calls]));
const someCalls = fc.array(concurrentCall, { minLength: 1, maxLength: 3 });
const twoProcesses = fc
  .tuple(accountIndex, someCalls, someCalls)
  .map(([at, first, second]) => callStep('two processes', at, [first, second]));
const faulty = fc
  .tuple(accountIndex, injectedFault, fc.array(groupedCall, { minLength: 1, maxLength: 3 }))
  .map(([at, fault, calls]) => faultStep(at, fault, calls));

/** Everything that may happen to the credits of two accounts, one step at a time. */
export const steps: fc.Arbitrary<Step>[] = [
  fc.oneof(
    { weight: 16, arbitrary: alone },
    { weight: 3, arbitrary: oneProcess },
    { weight: 3, arbitrary: twoProcesses },
    { weight: 4, arbitrary: timeStep() },
    { weight: 1, arbitrary: faulty },
  ),
];

/** Calls at the same time: those of a list through the group commit of one process, in their order; others beside them. */
function callStep(how: string, at: AccountIndex, lists: CallLists): Step {
  return {
    check: () => true,
    toString: () => `account ${at}, ${how}: ${lists.map(textOf).join(' || ')}`,
    run: async (state, environment) => {
      tick(state, environment);
      const threads = await runAll(environment, planAll(state, at, lists));
      await conclude(state, environment, at, threads);
      for (const { name, outcome } of threads.flat()) count(state.tally, name, outcome.verdict);
    },
  };
}

/** Calls during which the database fails: each changes nothing, or everything that it must. */
function faultStep(at: AccountIndex, fault: InjectedFault, calls: readonly PlannedTask[]): Step {
  return {
    check: () => true,
    toString: () => `account ${at}, with the fault ${fault}: ${textOf(calls)}`,
    run: async (state, environment) => {
      tick(state, environment);
      const tasks = planAll(state, at, [calls]);
      const threads = await withFault(state, environment, { at, fault }, () => runAll(environment, tasks));
      const isFailed = threads.flat().some(({ outcome }) => outcome.verdict === 'fault');
      if (isFailed && (fault === 1 || fault === 2)) throw new Error('A conflict was not tried again.');
      count(state.tally, `with the fault ${fault}`, isFailed ? 'fault' : 'ok');
      await conclude(state, environment, at, threads, true);
    },
  };
}

const textOf = (calls: readonly PlannedTask[]) => calls.map(({ description }) => description).join(' | ');
