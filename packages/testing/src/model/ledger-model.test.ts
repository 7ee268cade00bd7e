import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deeds } from './commands.ts';
import { type Stage, beginning, openStage } from './stage.ts';
import { type State, endAll, steps } from './steps.ts';

/** How many runs are made; `npm run test:long` makes 5,000. A counterexample tells seed, path and replay path. */
const runs = Number(process.env['MODEL_RUNS'] ?? 300);
const seed = Number(process.env['MODEL_SEED'] ?? Date.now() % 1e9);
const path = process.env['MODEL_PATH'];
const replayPath = process.env['MODEL_REPLAY_PATH'];
/** Whoever only asks whether it fails need not wait for the smallest counterexample. */
const endOnFailure = process.env['MODEL_SHRINK'] === 'off';
const stepsMax = runs > 300 ? 100 : 60;
/** How long a counterexample is made smaller. */
const shrinkingSeconds = 60;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** Takes what a failed run has left out of the reaper's sight, so that the next run is alone. */
const leave = async ({ accounts }: State) => {
  const ids = accounts.map(({ id }) => id);
  await stage.database.query("update credit_hold set expires_at = 'infinity' where account_id = any ($1)", [
    ids,
  ]);
  await stage.database.query('update credit_grant set expires_at = null where account_id = any ($1)', [ids]);
};

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
        // What is not tried counts as passed, so the smallest that has failed by now is told.
        if (failedAt !== undefined && performance.now() - failedAt > shrinkingSeconds * 1000) return;
        stage.clock.now = beginning;
        const state: State = { accounts: [await stage.openAccount(), await stage.openAccount()], tally };
        try {
          await fc.asyncModelRun(async () => ({ model: state, real: stage }), list);
          await endAll(state, stage);
        } catch (fault) {
          failedAt ??= performance.now();
          await leave(state);
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
      for (const { name } of deeds) expect([...tally.keys()].join()).toContain(`${name}: `);
  }, 3_600_000);
});
