import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { versionedFile } from '../../apply-load/catalogue.ts';
import { startHolds } from '../../apply-load/holds.ts';
import { startLists } from '../../apply-load/lists.ts';
import { watchLockWaits } from '../../apply-load/lock-waits.ts';
import { wrongEntries } from '../../apply-load/wrong-entries.ts';
import { grantCredits } from '../../credit.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { unthrottle } from '../../plan.ts';
import { runTenantry } from '../../tenantry.ts';
import { type Owner, registerOwner } from '../../users.ts';

/** `npm run bench apply` sends 200 holds a second; this one sends fewer, for the tests that run beside it. */
const [perSecond, holdsMax] = [40, 2000];
const size = { plans: 50, operations: 500 };

let app: TestApp;
let owners: Owner[];
let folder: string;
beforeAll(async () => {
  app = await openTestApp();
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
  owners = await Promise.all(Array.from({ length: 4 }, () => registerOwner(app)));
  for (const { accountId } of owners) {
    await unthrottle(app, accountId);
    await grantCredits(app.database, accountId, 1_000_000_000);
  }
}, 60_000);
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function applyVersion(version: number): Promise<void> {
  const file = join(folder, `${version}.yaml`);
  await writeFile(file, versionedFile(version, size));
  const settings = { MIGRATION_DATABASE_URL: app.database.url('tenantry_owner') };
  const { code, text } = await runTenantry(['catalogue', 'apply', file], settings);
  expect({ code, last: text.split('\n').at(-1) }).toEqual({ code: 0, last: '550 changed.' });
}

describe('a catalogue of 50 plans and 500 operations', () => {
  it('is applied under holds and settles: none fails, waits for it or mixes two prices, and lists change as one', async () => {
    await applyVersion(1);
    const versions = { committed: 1, begun: 1 };
    const bearers = owners.map(({ token }) => token);
    const load = { api: app, bearers, operations: size.operations, perSecond, holdsMax, versions };
    const locks = await watchLockWaits(app.database.url('postgres'));
    const [holds, lists] = [startHolds(load), startLists(app, bearers[0], size)];
    for (const version of [2, 3, 4]) {
      versions.begun = version;
      await applyVersion(version);
      versions.committed = version;
    }
    const [uses, listed] = [await holds.stop(), await lists.stop()];
    const { looks, waits } = await locks.stop();
    expect(uses.flatMap(({ failed }) => failed ?? [])).toEqual([]);
    expect(uses.filter(({ isMixed }) => isMixed)).toEqual([]);
    expect(listed.mixed).toBe(0);
    expect(waits).toBe(0);
    expect(await app.database.query(wrongEntries)).toEqual([]);
    // Something was seen: prices of several versions, holds that an apply overtook, and lists of each kind.
    expect(uses.filter(({ isAcross }) => isAcross).length).toBeGreaterThan(0);
    expect(listed.read).toBeGreaterThan(6);
    expect(looks).toBeGreaterThan(10);
    for (const { accountId } of owners) expect(await faultsOfBooks(app.database, accountId)).toEqual([]);
  }, 120_000);
});
