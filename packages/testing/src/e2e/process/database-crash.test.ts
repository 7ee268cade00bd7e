import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { type Cluster, launchCluster } from '../../cluster.ts';
import { openDatabaseAt } from '../../database.ts';
import type { Asked, Tenant } from '../../fault-test/attempt.ts';
import type { Client } from '../../fault-test/clients.ts';
import { openClients } from '../../fault-test/accounts.ts';
import { checkOutcomes } from '../../fault-test/check.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { randomOf } from '../../random.ts';

const crashes = Number(process.env['CRASHES'] ?? 3);
const cuts = Number(process.env['CUTS'] ?? 100);
const seed = Math.floor(Math.random() * 1e9);

let cluster: Cluster;
let app: TestApp;
let tenants: Tenant[];
let clients: Client[];
beforeAll(async () => {
  cluster = await launchCluster('crash', { fsync: true });
  app = await openTestApp({}, await openDatabaseAt(cluster.socketFolder, 'crash'));
  ({ tenants, clients } = await openClients(app, 16, seed));
}, 60_000);
afterAll(async () => {
  await app.close();
  await cluster.stop();
  await cluster.discard();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const logOf = (): Asked[] => clients.flatMap(({ log }) => log);
const backendIds = async () =>
  (await app.database.query(`select pid from pg_stat_activity where usename = 'tenantry_api'`)).map((row) =>
    Number(row['pid']),
  );

/** Every client works, and repeats calls with an unknown outcome, until `injectFaults` has ended. */
async function workThrough(injectFaults: () => Promise<void>): Promise<void> {
  let isOver = false;
  const working = clients.map(async (client) => {
    while (!isOver) {
      await client.work(app, () => isOver);
      await pause(20);
      await client.retry(app);
    }
  });
  await injectFaults().finally(() => {
    isOver = true;
  });
  await Promise.all(working);
}

async function ready(): Promise<void> {
  await expect
    .poll(async () => (await app.rest('GET', '/health/ready')).status, { timeout: 20_000 })
    .toBe(200);
}

/** Repeats the calls with an unknown outcome, and compares what the clients were answered with the books. */
async function expectNothingLost(): Promise<string> {
  await ready();
  for (const client of clients) await client.retry(app);
  const log = logOf();
  const unknown = log.filter(({ outcome }) => outcome === 'unknown');
  expect(unknown.filter(({ key }) => key !== undefined)).toEqual([]);
  expect(await checkOutcomes(app.database, log, app.provider.prompts())).toEqual({
    lost: [],
    doubled: [],
    strange: [],
  });
  for (const { accountId } of tenants) expect(await faultsOfBooks(app.database, accountId)).toEqual([]);
  const known = log.filter(({ outcome }) => outcome === 'acknowledged').length;
  const again = log.filter(({ attempts }) => attempts > 1).length;
  return `${known} acknowledged / 0 lost / 0 doubled; ${again} asked again with their key; seed ${seed}`;
}

describe('a database under sixteen writers', () => {
  it(
    `loses and doubles nothing over ${crashes} crashes with recovery (M6)`,
    async () => {
      await workThrough(async () => {
        for (let crash = 0; crash < crashes; crash += 1) {
          await pause(1500);
          const [id] = await backendIds();
          // When a backend is killed, PostgreSQL ends all others and recovers from its write-ahead log.
          if (id !== undefined) process.kill(id, 'SIGKILL');
          await pause(200);
          await ready();
        }
      });
      console.log(`${crashes} crashes: ${await expectNothingLost()}`);
    },
    120_000 + crashes * 10_000,
  );

  it(
    `loses and doubles nothing over ${cuts} ended connections (M6)`,
    async () => {
      const random = randomOf(seed);
      await workThrough(async () => {
        for (let cut = 0; cut < cuts; cut += 1) {
          const ids = await backendIds();
          const id = ids[Math.floor(random() * ids.length)];
          await app.database.query('select pg_terminate_backend($1)', [id]);
          await pause(40);
        }
      });
      console.log(`${cuts} ended connections: ${await expectNothingLost()}`);
    },
    120_000 + cuts * 200,
  );
});
