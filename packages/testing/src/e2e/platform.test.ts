import { measurePlatform } from '@tenantry/db/platform/queries';
import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../app.ts';
import { type Owner, makeKey, registerOwner } from '../users.ts';
import { verdictOf } from '../procedures.ts';

let app: TestApp;
let system: Owner;
let other: Owner;
beforeAll(async () => {
  app = await openTestApp();
  system = await registerOwner(app);
  other = await registerOwner(app);
  await app.database.query('update account set system = true where id = $1', [system.accountId]);
  app.api.authentication.accessCache.forget();
  const worker = openDatabase(await openOrm(app.database.url('tenantry_worker'), 1));
  await worker.withoutAccount.write({}, (tx) => measurePlatform(tx, new Date()));
  await worker.close();
});
afterAll(() => app.close());

const metrics = (bearer: string) => app.rest('GET', '/v1/platform/metrics', { bearer });
const callInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() } as const;

describe('a system account', () => {
  it('sees the figures of the platform, as a person and with a key made for it', async () => {
    const { body } = await metrics(system.token);
    const value = (name: string) => body.items.find((one: { name: string }) => one.name === name)?.value;
    expect(value('accounts.active')).toBe(2);
    expect(value('credits.available')).toBeGreaterThan(0);
    expect(verdictOf(await metrics(await makeKey(app, system, ['platform:metrics'])))).toBe('ok');
    expect(verdictOf(await metrics(await makeKey(app, system, ['credit:read'])))).toBe('403 scope_missing');
  });

  it('has no other power: what is another account’s stays out of its sight (H10)', async () => {
    const site = await app.rest('POST', '/v1/sites', { body: { name: 'Theirs' }, bearer: other.token });
    const seen = await app.rest('GET', `/v1/sites/${site.body.id}`, { bearer: system.token });
    expect(verdictOf(seen)).toBe('404 not_found');
    const headers = { 'tenantry-account': other.accountId };
    const entered = await app.rest('GET', '/v1/account', { bearer: system.token, headers });
    expect(verdictOf(entered)).toBe('404 not_found');
  });
});

describe('an ordinary account', () => {
  it('is shown no figure, whatever its name and its key’s scopes are (H9)', async () => {
    expect(verdictOf(await metrics(other.token))).toBe('403 role_forbids');
    const key = await makeKey(app, other, ['platform:metrics']);
    expect(verdictOf(await metrics(key))).toBe('403 scope_missing');
    const rows = await app.database.api.inAccount.write({ accountId: other.accountId }, callInfo, ({ em }) =>
      em.execute('select * from platform_metric'),
    );
    expect(rows).toEqual([]);
  });

  it.each(['api', 'admin'] as const)(
    'is made a system account by no process that serves: %s',
    async (name) => {
      const { [name]: database } = app.database;
      const run = (sql: string) =>
        database.inAccount.write({ accountId: other.accountId }, callInfo, ({ em }) => em.execute(sql));
      await expect(run('update account set system = true')).rejects.toThrow('permission denied');
      await expect(
        run(`insert into account (id, name, status, payment_method, system, sandbox, created_at)
        select id, 'x', 'active', 'stripe', true, false, now() from account where false
        union all select gen_random_uuid(), 'x', 'active', 'stripe', true, false, now()`),
      ).rejects.toThrow('row-level security');
    },
  );
});
