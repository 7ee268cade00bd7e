import { setTimeout as wait } from 'node:timers/promises';
import { openOrm } from '@tenantry/db/orm';
import { writeOperations as writeAll } from '@tenantry/db/operation/write';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { grantCredits } from '../../credit.ts';
import { wrongEntries } from '../../apply-load/wrong-entries.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { asOwner, perUnit, writeOperations } from '../../operations.ts';
import { unthrottle } from '../../plan.ts';
import { type Owner, registerOwner } from '../../users.ts';

/** Operations whose price is changed together; each costs its version times ten, and its own number. */
const operations = Array.from({ length: 500 }, (_, number) => `op_${number}`);
const creditsOf = (operation: string, version: number) => version * 10 + (Number(operation.slice(3)) % 10);
const termsAt = (version: number) =>
  operations.map((operation) => perUnit(operation, creditsOf(operation, version), 'page'));
const units = 7;
/** How many prices each operation has in the first test. */
const versions = 4;
/** How many clients hold at once, and about how often together. */
const [clients, holdsPerSecond] = [32, 200];

let app: TestApp;
let owners: Owner[];
beforeAll(async () => {
  app = await openTestApp();
  owners = await Promise.all(Array.from({ length: 8 }, () => registerOwner(app)));
  for (const { accountId } of owners) {
    await unthrottle(app, accountId);
    await grantCredits(app.database, accountId, 10_000_000);
  }
  await writeOperations(app.database, termsAt(1));
}, 60_000);
afterAll(() => app.close());
afterEach(async () => {
  for (const { accountId } of owners) expect(await faultsOfBooks(app.database, accountId)).toEqual([]);
});

const post = (owner: Owner, path: string, body: object) =>
  app.rest('POST', `/v1/credits/holds${path}`, { body, bearer: owner.token });
const ownerOf = (index: number) => {
  const owner = owners[index % owners.length];
  if (owner === undefined) throw new Error('there are no owners');
  return owner;
};
const operationOf = (index: number) => operations[(index * 37) % operations.length] ?? '';

/** Holds units, and settles one fewer a little later. Answers the slowest of its calls. */
async function use(index: number): Promise<{ outcome: string; slowestMilliseconds: number }> {
  const [owner, operation] = [ownerOf(index), operationOf(index)];
  const timed = async (path: string, body: object) => {
    const from = performance.now();
    const answer = await post(owner, path, body);
    return { ...answer, milliseconds: performance.now() - from };
  };
  const held = await timed('', { operation, units });
  if (held.status !== 201) return { outcome: `hold ${held.status}`, slowestMilliseconds: held.milliseconds };
  const settled = await timed(`/${held.body.id}/settle`, { units: units - 1 });
  const isSame = settled.body.settledAmount * units === held.body.amount * (units - 1);
  const outcome = settled.status !== 200 ? `settle ${settled.status}` : isSame ? 'one price' : 'mixed prices';
  return { outcome, slowestMilliseconds: Math.max(held.milliseconds, settled.milliseconds) };
}

describe('a change of 500 prices', () => {
  it('under concurrent holds fails none, mixes no prices, and is seen whole', async () => {
    let [isDone, mixedLists, slowest, calls] = [false, 0, 0, 0];
    const changing = (async () => {
      for (let version = 2; version <= versions; version += 1) {
        await writeOperations(app.database, termsAt(version));
        // A change takes some milliseconds; each price is in force until enough holds were quoted it.
        while (calls < (version - 1) * 100) await wait(10);
      }
      isDone = true;
    })();
    const listing = (async () => {
      while (!isDone) {
        const { body } = await app.rest('GET', '/v1/operations', { bearer: ownerOf(0).token });
        const priced = body.items.filter(({ name }: { name: string }) => name.startsWith('op_'));
        const seen = new Set(priced.map(({ version }: { version: number }) => version));
        if (seen.size !== 1 || priced.length !== operations.length) mixedLists += 1;
      }
    })();
    const outcomes = new Set<string>();
    const client = async () => {
      while (!isDone) {
        const { outcome, slowestMilliseconds } = await use(calls++);
        outcomes.add(outcome);
        slowest = Math.max(slowest, slowestMilliseconds);
        await wait(1000 * (clients / holdsPerSecond));
      }
    };
    await Promise.all([changing, listing, ...Array.from({ length: clients }, client)]);
    expect([...outcomes]).toEqual(['one price']);
    expect(mixedLists).toBe(0);
    expect(calls).toBeGreaterThan(200);
    expect(await app.database.query(wrongEntries)).toEqual([]);
    const [used] = await app.database.query(
      "select count(distinct price_version)::int as versions from credit_hold where operation like 'op\\_%'",
    );
    expect(used?.['versions']).toBeGreaterThanOrEqual(versions - 1);
    console.info(
      `${calls} holds under ${versions - 1} changes of 500 prices, slowest call ${slowest.toFixed(0)} ms`,
    );
  }, 120_000);

  it('that waits for its commit holds up no hold, settle, list or run', async () => {
    const [current] = await app.database.query("select price_version from operation where name = 'op_1'");
    const version = Number(current?.['price_version']);
    const orm = await openOrm(app.database.url('tenantry_owner'), 1);
    const owner = ownerOf(1);
    const before = await post(owner, '', { operation: 'op_1', units });
    await orm.em.transactional(async (em) => {
      await writeAll({ em }, termsAt(version + 1));
      // The locks of the change are held until it commits, and every call below is answered meanwhile.
      const held = await post(owner, '', { operation: 'op_1', units });
      expect(held.body).toMatchObject({ amount: creditsOf('op_1', version) * units });
      const settled = await post(owner, `/${before.body.id}/settle`, { units });
      expect(settled.body).toMatchObject({ settledAmount: creditsOf('op_1', version) * units });
      expect((await app.rest('GET', '/v1/operations', { bearer: owner.token })).status).toBe(200);
      const run = { body: { prompt: 'One line.' }, bearer: owner.token };
      expect((await app.rest('POST', '/v1/operations/write_content/runs', run)).status).toBe(200);
    });
    await orm.close(true);
    const after = await post(owner, '', { operation: 'op_1', units });
    expect(after.body).toMatchObject({ amount: creditsOf('op_1', version + 1) * units });
  });

  it('that stops in the middle changes nothing', async () => {
    const listed = async () => (await app.rest('GET', '/v1/operations', { bearer: ownerOf(2).token })).body;
    const before = await listed();
    const stopped = asOwner(app.database, async (tx) => {
      await writeAll(tx, termsAt(1000).slice(0, 250));
      throw new Error('killed');
    });
    await expect(stopped).rejects.toThrow('killed');
    expect(await listed()).toEqual(before);
  });
});
