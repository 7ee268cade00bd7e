import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { makeKey, registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeyUses } from './key-uses.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const time = (second: number) => new Date(Date.UTC(2026, 2, 2, 12, 0, second));

/** A key of a new account, and when the database says that it was used. */
async function openKey() {
  const { accountId, ...owner } = await registerOwner(app);
  await makeKey(app, { accountId, ...owner }, ['site:read']);
  const sql = 'select id, last_used_at from api_key where account_id = $1';
  const [row] = await app.database.query(sql, [accountId]);
  const lastUsed = async () => (await app.database.query(sql, [accountId]))[0]?.['last_used_at'];
  return { key: { id: String(row?.['id']), accountId }, lastUsed };
}

describe('the uses of keys', () => {
  it('are written down soon, and those of a key that is used all the time more rarely', async () => {
    const { key, lastUsed } = await openKey();
    const other = await openKey();
    const every = { everyMilliseconds: 20, againMilliseconds: 3_600_000 };
    const uses = openKeyUses(app.database.api, (fault) => expect.fail(String(fault)), every);
    uses.note(key, time(1));
    await expect.poll(lastUsed, { timeout: 10_000 }).toEqual(time(1));
    uses.note(key, time(2));
    uses.note(other.key, time(2));
    // The later one of the second key shows that the timer has come again.
    await expect.poll(other.lastUsed, { timeout: 10_000 }).toEqual(time(2));
    expect(await lastUsed()).toEqual(time(1));
    await uses.close();
    expect(await lastUsed()).toEqual(time(2));
  });

  it('are written down when they are due again', async () => {
    const { key, lastUsed } = await openKey();
    const every = { everyMilliseconds: 20, againMilliseconds: 30 };
    const uses = openKeyUses(app.database.api, (fault) => expect.fail(String(fault)), every);
    for (const second of [1, 2, 3]) {
      uses.note(key, time(second));
      await expect.poll(lastUsed, { timeout: 10_000 }).toEqual(time(second));
    }
    await uses.close();
  });

  it('are forgotten where they cannot be written, and told', async () => {
    const { key } = await openKey();
    const faults: unknown[] = [];
    const uses = openKeyUses(app.database.api, (fault) => faults.push(fault));
    uses.note({ ...key, accountId: 'no account' }, time(1));
    await uses.flush();
    await uses.close();
    expect(faults).toHaveLength(1);
  });
});
