import fc from 'fast-check';
import { conflictWrites, failWrites, terminateAtLock } from '../failpoint.ts';
import { faultsOfBooks } from '../ledger-faults.ts';
import { reapTask } from './book-tasks.ts';
import { type CallInfo, deeds } from './commands.ts';
import { type Model, fork, freeOf, monthStart, pass } from './model.ts';
import { type Observed, brokenLaws, differences, learnMonths } from './observe.ts';
import type { Account, Stage } from './stage.ts';
import { type Done, type Planned, type Task, explain } from './task.ts';

/** Both accounts of a run; calls go to the first most of the time. */
export interface State {
  accounts: readonly [Account, Account];
  /** How often each callInfo ended in each verdict, over all runs. */
  tally: Map<string, number>;
}

/** A write that fails at the commit, a backend that is ended, or how many conflicts in a row. */
type Broken = 'commit' | 'terminate' | 1 | 2 | 3 | 4;
type Step = fc.AsyncCommand<State, Stage>;

const crowdable = oneOf(deeds.filter(({ isCrowded }) => isCrowded));
const laned = oneOf(deeds.filter(({ name }) => ['hold', 'settle', 'true up', 'release'].includes(name)));
const place = fc.constantFrom<0 | 1>(...Array.from({ length: 9 }, () => 0 as const), 1);

function oneOf(some: readonly CallInfo[]): fc.Arbitrary<Planned> {
  return fc.oneof(...some.map(({ weight, choices }) => ({ weight, arbitrary: choices })));
}

/** Everything that may happen to the credits of two accounts, one step at a time. */
export const steps: fc.Arbitrary<Step>[] = [
  fc.oneof(
    { weight: 16, arbitrary: fc.tuple(place, oneOf(deeds)).map(([at, one]) => stepOf('alone', at, [[one]])) },
    { weight: 3, arbitrary: fc.tuple(place, clientsOf(2)).map(([at, all]) => stepOf('one lane', at, [all])) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(place, clientsOf(1), clientsOf(1))
        .map(([at, left, right]) => stepOf('two ledger', at, [left, right])),
    },
    { weight: 4, arbitrary: timeSpan().map(passing) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          place,
          fc.constantFrom<Broken>('commit', 'terminate', 1, 2, 3, 4),
          fc.array(laned, { minLength: 1, maxLength: 3 }),
        )
        .map(([at, broken, all]) => brokenStep(at, broken, all)),
    },
  ),
];

function clientsOf(minLength: number) {
  return fc.array(crowdable, { minLength, maxLength: minLength === 1 ? 3 : 5 });
}

/** Calls at once: those of a list through the lane of one process, in their order; other deeds beside them. */
function stepOf(how: string, at: 0 | 1, lists: readonly (readonly Planned[])[]): Step {
  return {
    check: () => true,
    toString: () =>
      `account ${at}, ${how}: ${lists.map((list) => list.map(({ words }) => words).join(' | ')).join(' || ')}`,
    run: async (state, stage) => {
      tick(state, stage);
      const made = planAll(state, at, lists);
      await conclude(state, stage, at, await actAll(stage, made), false, state.tally);
    },
  };
}

/** Calls that a fault of the database meets: each does nothing, or all of what it should. */
function brokenStep(at: 0 | 1, broken: Broken, list: readonly Planned[]): Step {
  return {
    check: () => true,
    toString: () => `account ${at}, broken by ${broken}: ${list.map(({ words }) => words).join(' | ')}`,
    run: async (state, stage) => {
      tick(state, stage);
      const made = planAll(state, at, [list]);
      const done = await actBroken(state, stage, at, broken, () => actAll(stage, made));
      const faults = done.flat().filter(({ outcome }) => outcome.verdict === 'fault').length;
      if (faults > 0 && (broken === 1 || broken === 2)) throw new Error('a conflict was not tried again');
      count(state.tally, `broken by ${broken}`, faults > 0 ? 'fault' : 'ok');
      await conclude(state, stage, at, done, true);
    },
  };
}

async function actBroken(
  { accounts }: State,
  { database }: Stage,
  at: 0 | 1,
  broken: Broken,
  act: () => Promise<Done[][]>,
): Promise<Done[][]> {
  if (broken === 'terminate') return terminateAtLock(database, accounts[at].id, act);
  const lift =
    broken === 'commit'
      ? await failWrites(database, 'ledger_entry', 'commit')
      : await conflictWrites(database, 'ledger_entry', broken);
  try {
    return await act();
  } finally {
    await lift();
  }
}

function planAll(
  { accounts }: State,
  at: 0 | 1,
  lists: readonly (readonly Planned[])[],
): { name: string; task: Task }[][] {
  const [account, other] = [accounts[at], accounts[at === 0 ? 1 : 0]];
  return lists.map((list) => list.map((one) => ({ name: one.name, task: one.plan(account, other) })));
}

type Named = { name: string; task: Task };

/** Runs everything at once; answers threads: one for each lane, and one for each callInfo beside the ledger. */
async function actAll(
  stage: Stage,
  made: readonly (readonly Named[])[],
): Promise<(Done & { name: string })[][]> {
  const working = made.map((list, process) =>
    Promise.all(
      list.map(async ({ name, task }) => ({
        name,
        task,
        outcome: await task.act(stage, process === 0 ? 0 : 1),
      })),
    ),
  );
  const done = await Promise.all(working);
  const ledger = done.map((list) => list.filter(({ task }) => task.isLaned));
  return [...ledger, ...done.flat().flatMap((one) => (one.task.isLaned ? [] : [[one]]))];
}

/** Finds the order that explains what was answered and what is stored, and goes on from there. */
async function conclude(
  { accounts }: State,
  { observe }: Stage,
  at: 0 | 1,
  threads: readonly (readonly (Done & { name?: string })[])[],
  mayFail: boolean,
  tally?: Map<string, number>,
): Promise<void> {
  const [account, other] = [accounts[at], accounts[at === 0 ? 1 : 0]];
  const observed = await observe([account.id, other.id]);
  const [seen, seenOther] = [observed.get(account.id), observed.get(other.id)];
  if (seen === undefined || seenOther === undefined) throw new Error('an account without books');
  learnMonths(account.model, seen);
  learnMonths(other.model, seenOther);
  const models = explain(account.model, threads, mayFail);
  const right = models.find((model) => differences(seen, model).length === 0);
  const faults = [
    ...brokenLaws(seen),
    ...(right === undefined ? faultsOfAll(account.model, models, threads, seen) : []),
    ...differences(seenOther, other.model).map((text) => `the other account: ${text}`),
  ];
  if (right === undefined || faults.length > 0) throw new Error(`\n${faults.join('\n')}`);
  account.model = right;
  for (const { name = '', outcome } of threads.flat())
    if (tally !== undefined) count(tally, name, outcome.verdict);
  for (const one of accounts) one.history.push(fork(one.model));
}

function faultsOfAll(
  before: Model,
  models: readonly Model[],
  threads: readonly (readonly Done[])[],
  seen: Observed,
): string[] {
  const [first] = models;
  if (first !== undefined) return differences(seen, first);
  const told = threads.flat().map(({ task, outcome }) => {
    const foretold = task.foretell(fork(before), outcome);
    return `${task.words}\n  was told ${show(outcome)}\n  alone it had been ${show(foretold)}`;
  });
  return ['no order of these calls explains what they were told:', ...told];
}

const show = (value: unknown) =>
  JSON.stringify(value, (_name, one: unknown) => (typeof one === 'bigint' ? String(one) : one));

/** A thousandth of a second goes by before each step, so that no two share a moment. */
function tick(state: State, stage: Stage): void {
  advance(state, stage, stage.clock.now + 1);
}

function advance({ accounts }: State, { clock }: Stage, now: number): void {
  clock.now = now;
  for (const { model } of accounts) pass(model, now);
}

/** Some time, or until something ends, to the thousandth of a second. */
function timeSpan() {
  const second = 1000;
  const day = 86_400_000;
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ edge: fc.integer({ min: -2, max: 1 }) }) },
    { weight: 2, arbitrary: fc.record({ span: fc.integer({ min: 1, max: 100 * second }) }) },
    { weight: 2, arbitrary: fc.record({ span: fc.integer({ min: 800 * second, max: day }) }) },
    { weight: 1, arbitrary: fc.record({ span: fc.integer({ min: 10 * day, max: 40 * day }) }) },
  );
}

function passing(chosen: { edge: number } | { span: number }): Step {
  return {
    check: () => true,
    toString: () => `time passes: ${fc.stringify(chosen)}`,
    run: async (state, stage) => {
      const { now } = stage.clock;
      const ends = endsOf(state.accounts[0].model).filter((end) => end > now + 2);
      const span =
        'span' in chosen ? chosen.span : (ends.length === 0 ? 1000 : Math.min(...ends) - now) + chosen.edge;
      advance(state, stage, now + span);
      await conclude(state, stage, 0, [], false);
    },
  };
}

/** When something of an account ends by time alone, or begins. */
function endsOf({ grants, holds, calls, year }: Model): number[] {
  const free = grants.filter((one) => one.free > 0n);
  const open = holds.filter(({ status }) => status === 'open');
  const month = year === null ? [] : [{ endsAt: monthStart(year) ?? null }];
  return [...free, ...open, ...calls.values(), ...month].flatMap(({ endsAt }) => endsAt ?? []);
}

function count(tally: Map<string, number>, name: string, verdict: string): void {
  const line = `${name}: ${verdict}`;
  tally.set(line, (tally.get(line) ?? 0) + 1);
}

/** Lets everything end, reaps once, and looks: nothing is left open, and the books are right to the last entry (I7). */
export async function endAll(state: State, stage: Stage): Promise<void> {
  const ends = state.accounts.flatMap(({ model }) => model.grants.map(({ endsAt }) => endsAt ?? 0));
  advance(state, stage, Math.max(stage.clock.now, ...ends) + 2 * 86_400_000);
  await reapTask().act(stage, 0);
  await conclude(state, stage, 0, [], false);
  const observed = await stage.observe(state.accounts.map(({ id }) => id));
  for (const { id, model } of state.accounts) {
    const figures = observed.get(id)?.figures;
    const isBehind = figures?.held !== '0' || BigInt(figures.available) !== freeOf(model);
    const faults = [
      ...(isBehind ? ['the reaper left something'] : []),
      ...(await faultsOfBooks(stage.database, id)),
    ];
    if (faults.length > 0) throw new Error(`\n${faults.join('\n')}`);
  }
}
