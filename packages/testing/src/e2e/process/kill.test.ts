import type { FailpointName } from '@tenantry/db/failpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import type { Asked, Tenant } from '../../fault-test/attempt.ts';
import { ask } from '../../fault-test/attempt.ts';
import type { Client } from '../../fault-test/clients.ts';
import { openClients } from '../../fault-test/accounts.ts';
import { checkOutcomes } from '../../fault-test/check.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type ApiProcess, runProgram, startApiProcess } from '../../process.ts';
import { randomOf } from '../../random.ts';

/**
 * Failpoints of the API, and the range of passes in which a process dies there. A stream dies at its first piece or
 * after it.
 */
const points: readonly [FailpointName, from: number, to: number][] = [
  ['ledger_locked', 1, 60],
  ['hold_written', 1, 20],
  ['hold_committed', 1, 20],
  ['settle_written', 1, 15],
  ['settle_committed', 1, 15],
  ['release_written', 1, 6],
  ['release_committed', 1, 6],
  ['run_begun', 1, 6],
  ['run_answered', 1, 6],
  ['stream_begun', 1, 6],
  ['stream_delta', 1, 1],
  ['stream_delta', 2, 60],
  ['stream_ended', 1, 6],
  ['transact_written', 1, 20],
  ['transact_committed', 1, 20],
];
/**
 * The failpoints at which a reaper dies, and the pass; each run but the first has written an account or two by then.
 */
const reaperPoints: readonly [FailpointName, nth: number][] = [
  ['expiry_written', 1],
  ['expiry_written', 2],
  ['expiry_committed', 1],
];

const kills = Number(process.env['KILLS'] ?? 2 * points.length);
const seed = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9));
const random = randomOf(seed);
const processesMax = 2;
const roundSeconds = 60;

let app: TestApp;
let clients: Client[];
let tenants: Tenant[];
beforeAll(async () => {
  app = await openTestApp();
  ({ tenants, clients } = await openClients(app, 20, seed));
});
afterAll(() => app.close());

const start = (failpoint?: string) =>
  startApiProcess(app, failpoint === undefined ? {} : { FAILPOINT: failpoint });
const logOf = (): Asked[] => clients.flatMap(({ log }) => log);

/** Lets clients work until their server dies at its failpoint. */
async function workUntilDead(api: ApiProcess, group: readonly Client[], failpoint: string): Promise<void> {
  let isOver = false;
  const tooLong = setTimeout(() => {
    isOver = true;
  }, roundSeconds * 1000);
  const dead = api.ended.then((ending) => {
    isOver = true;
    return ending;
  });
  await Promise.all(
    group.map(async (client) => {
      await client.retry(api);
      await client.work(api, () => isOver);
    }),
  );
  clearTimeout(tooLong);
  // The clients see broken connections a moment before the end of the process is reported.
  const timeout = new Promise<string>((resolve) => {
    setTimeout(resolve, 10_000, 'the failpoint was not reached').unref();
  });
  expect(await Promise.race([dead, timeout]), failpoint).toBe('SIGKILL');
}

/** Kills `kills` APIs, several at a time, each at the next failpoint of the list. */
async function killAll(): Promise<void> {
  const plans = Array.from({ length: kills }, (_none, index) => {
    const [name, from, to] = points[index % points.length] ?? ['ledger_locked', 1, 1];
    return `${name}:${from + Math.floor(random() * (to - from + 1))}:kill`;
  });
  while (plans.length > 0) {
    const round = plans.splice(0, processesMax);
    const apis = await Promise.all(round.map((plan) => start(plan)));
    await Promise.all(
      apis.map((api, index) => {
        const group = clients.filter((_client, place) => place % apis.length === index);
        return workUntilDead(api, group, round[index] ?? '');
      }),
    );
  }
}

const openHolds = async () =>
  Number(
    (await app.database.query(`select count(*)::int as open from credit_hold where status = 'open'`))[0]?.[
      'open'
    ],
  );

describe('a process that is killed', () => {
  it(
    `loses and doubles nothing that was acknowledged: ${kills} kills of the API, seed ${seed} (M6, I12)`,
    async () => {
      await killAll();
      const api = await start();
      await Promise.all(clients.map((client) => client.retry(api)));
      const log = logOf();
      const keyed = log.filter(({ key }) => key !== undefined);
      expect(keyed.filter(({ outcome }) => outcome === 'unknown')).toEqual([]);
      // A run that ended with its process keeps its idempotency key until no process can be running it any more.
      const running = log.filter(({ outcome }) => outcome === 'in_flight');
      expect(running.every(({ callInfo }) => callInfo === 'run' || callInfo === 'stream')).toBe(true);
      api.signal('SIGTERM');
      expect(await api.ended).toBe(0);
      const verdict = await checkOutcomes(app.database, log, app.provider.prompts());
      expect(verdict).toEqual({ lost: [], doubled: [], strange: [] });
      for (const { accountId } of tenants) expect(await faultsOfBooks(app.database, accountId)).toEqual([]);
      const count = (outcome: Asked['outcome']) => log.filter((asked) => asked.outcome === outcome).length;
      const names = new Set(points.map(([name]) => name)).size;
      console.log(
        `${kills} kills at ${names} points: ${count('acknowledged')} acknowledged, ${count('refused')} refused, ` +
          `${count('unknown') + running.length} unknown / 0 lost / 0 doubled; ` +
          `${log.filter(({ attempts }) => attempts > 1).length} asked again with their key; ` +
          `${app.provider.prompts().length} provider calls / 0 without a hold; seed ${seed}`,
      );
    },
    120_000 + kills * 10_000,
  );

  it('leaves no hold open after its expiry and one run of the reaper, which is killed as well (I7)', async () => {
    const left = await openHolds();
    expect(left).toBeGreaterThan(0);
    const now = new Date(Date.now() + 7_200_000).toISOString();
    const words = ['--url', app.database.url('tenantry_worker'), '--now', now];
    for (const [point, nth] of reaperPoints) {
      const options = [...words, '--point', point, '--nth', String(nth)];
      expect(await runProgram('fault-test/reap.ts', options)).toBe('SIGKILL');
    }
    expect(await openHolds()).toBeGreaterThan(0);
    expect(await runProgram('fault-test/reap.ts', words)).toBe(0);
    expect(await openHolds()).toBe(0);
    for (const { accountId } of tenants) expect(await faultsOfBooks(app.database, accountId)).toEqual([]);
    console.log(`${reaperPoints.length} kills of the reaper: ${left} holds left behind / 0 open`);
  }, 120_000);

  it('frees the idempotency key of an interrupted run after a quarter of an hour, and its old hold charges nothing', async () => {
    const running = logOf().filter(({ outcome }) => outcome === 'in_flight');
    expect(running.length).toBeGreaterThan(0);
    app.passSeconds(7200);
    await runConcurrently(running.length, 8, async (index) => {
      const asked = running[index];
      if (asked !== undefined) await ask(app, asked);
      return 'asked';
    });
    expect(running.filter(({ outcome }) => outcome !== 'acknowledged')).toEqual([]);
    const verdict = await checkOutcomes(app.database, logOf(), app.provider.prompts());
    expect(verdict).toEqual({ lost: [], doubled: [], strange: [] });
    expect(await openHolds()).toBe(0);
    for (const { accountId } of tenants) expect(await faultsOfBooks(app.database, accountId)).toEqual([]);
    app.passSeconds(-7200);
  }, 120_000);
});
