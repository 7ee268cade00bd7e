import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from './commands.ts';
import { type Environment, beginning, openEnvironment } from './environment.ts';
import type { State } from './state.ts';
import { steps } from './steps.ts';
import { endAll } from './time-steps.ts';

/** How many runs are made; `npm run test:long` makes 5,000. A counterexample names seed, path and replay path. */
const runs = Number(process.env['MODEL_RUNS'] ?? 300);
const seed = Number(process.env['MODEL_SEED'] ?? Date.now() % 1e9);
const path = process.env['MODEL_PATH'];
const replayPath = process.env['MODEL_REPLAY_PATH'];
/** `off` ends at the first counterexample, which is faster than finding the smallest. */
const endOnFailure = process.env['MODEL_SHRINK'] === 'off';
const stepsMax = runs > 300 ? 100 : 60;
/** How long a counterexample is made smaller. */
const shrinkingSeconds = 60;

let environment: Environment;
beforeAll(async () => {
  environment = await openEnvironment();
});
afterAll(() => environment.close());

/** Hides what a failed run has left from the reaper, so that it does not affect the next run. */
async function hideFromReaper({ accounts }: State): Promise<void> {
  const ids = accounts.map(({ id }) => id);
  const { database } = environment;
  await database.query("update credit_hold set expires_at = 'infinity' where account_id = any ($1)", [ids]);
  await database.query('update credit_grant set expires_at = null where account_id = any ($1)', [ids]);
}

describe('the ledger on PostgreSQL', () => {
  it('is what a plain model says, whatever happens in whatever order (I1–I4, I7, I8, I11–I13, I19, I20, I22–I24)', async () => {
    const tally = new Map<string, number>();
    let taken = 0;
    let failedAt: number | undefined;
    const property = fc.asyncProperty(
      fc.commands(steps, {
        maxCommands: stepsMax,
        size: 'max',
        ...(replayPath === undefined ? {} : { replayPath }),
      }),
      async (list) => {
        // Fast-check counts a run that is not made as passed, and reports the smallest that has failed by now.
        if (failedAt !== undefined && performance.now() - failedAt > shrinkingSeconds * 1000) return;
        environment.clock.now = beginning;
        const accounts = [await environment.openAccount(), await environment.openAccount()] as const;
        const state: State = { accounts, tally };
        try {
          await fc.asyncModelRun(async () => ({ model: state, real: environment }), list);
          await endAll(state, environment);
        } catch (fault) {
          failedAt ??= performance.now();
          await hideFromReaper(state);
          throw fault;
        }
        taken += [...list].length;
      },
    );
    console.log(`ledger model: seed ${seed}, ${runs} runs of up to ${stepsMax} steps`);
    await fc.assert(property, { seed, numRuns: runs, endOnFailure, ...(path === undefined ? {} : { path }) });
    const lines = [...tally]
      .map(([line, count]) => `${line} ${count}`)
      .toSorted((left, right) => (left < right ? -1 : 1));
    console.log(`ledger model: ${runs} runs, ${taken} steps, 0 violated\n${lines.join('\n')}`);
    if (path === undefined && runs >= 300)
      for (const { name } of commands) expect([...tally.keys()].join()).toContain(`${name}: `);
  }, 3_600_000);
});
