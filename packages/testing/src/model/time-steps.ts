import fc from 'fast-check';
import { faultsOfBooks } from '../ledger-faults.ts';
import { reapTask } from './account-tasks.ts';
import { conclude } from './conclude.ts';
import type { Environment } from './environment.ts';
import { type Model, freeOf } from './model.ts';
import { type State, moveClock } from './state.ts';
import { nextMonth } from './time.ts';

const second = 1000;
const day = 86_400_000;

/** So many milliseconds, or until something ends, give or take a millisecond. */
type TimeSpan = { edge: number } | { span: number };

/** A step in which only time passes. */
export function timeStep(): fc.Arbitrary<fc.AsyncCommand<State, Environment>> {
  const spans = (min: number, max: number) => fc.record({ span: fc.integer({ min, max }) });
  return fc
    .oneof(
      { weight: 3, arbitrary: fc.record({ edge: fc.integer({ min: -2, max: 1 }) }) },
      { weight: 2, arbitrary: spans(1, 100 * second) },
      { weight: 2, arbitrary: spans(800 * second, day) },
      { weight: 1, arbitrary: spans(10 * day, 40 * day) },
    )
    .map(stepOf);
}

function stepOf(chosen: TimeSpan): fc.AsyncCommand<State, Environment> {
  return {
    check: () => true,
    toString: () => `time passes: ${fc.stringify(chosen)}`,
    run: async (state, environment) => {
      const { now } = environment.clock;
      const ends = endsOf(state.accounts[0].model).filter((end) => end > now + 2);
      const span =
        'span' in chosen ? chosen.span : (ends.length === 0 ? second : Math.min(...ends) - now) + chosen.edge;
      moveClock(state, environment, now + span);
      await conclude(state, environment, 0, []);
    },
  };
}

/** When something of an account ends, or begins, by time alone. */
function endsOf(model: Model): number[] {
  const { grants, holds, calls } = model;
  const free = grants.filter((one) => one.free > 0n);
  const open = holds.filter(({ status }) => status === 'open');
  const month = [{ endsAt: nextMonth(model) ?? null }];
  return [...free, ...open, ...calls.values(), ...month].flatMap(({ endsAt }) => endsAt ?? []);
}

/** Lets everything end, reaps once, and checks that nothing is left open and that the books are right to the last entry (I7). */
export async function endAll(state: State, environment: Environment): Promise<void> {
  const ends = state.accounts.flatMap(({ model }) => model.grants.map(({ endsAt }) => endsAt ?? 0));
  moveClock(state, environment, Math.max(environment.clock.now, ...ends) + 2 * day);
  await reapTask().run(environment, 0);
  await conclude(state, environment, 0, []);
  const observed = await environment.observe(state.accounts.map(({ id }) => id));
  for (const { id, model } of state.accounts) {
    const figures = observed.get(id)?.figures;
    const isBehind = figures?.held !== '0' || BigInt(figures.available) !== freeOf(model);
    const faults = [
      ...(isBehind ? ['the reaper left something that is due'] : []),
      ...(await faultsOfBooks(environment.database, id)),
    ];
    if (faults.length > 0) throw new Error(`\n${faults.join('\n')}`);
  }
}
