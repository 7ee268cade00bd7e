import { measurePlatform } from '@tenantry/db/platform/queries';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { rows } from '@tenantry/db/sql';
import { openDatabase } from '@tenantry/db/transaction';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

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
  it('reads the metrics of the platform, as a person and with a key that has the scope', async () => {
    const { body } = await metrics(system.token);
    const value = (name: string) => body.items.find((one: { name: string }) => one.name === name)?.value;
    expect(value('accounts.active')).toBe(2);
    expect(value('credits.available')).toBeGreaterThan(0);
    expect(verdictOf(await metrics(await makeKey(app, system, ['platform:metrics'])))).toBe('ok');
    expect(verdictOf(await metrics(await makeKey(app, system, ['credit:read'])))).toBe('403 scope_missing');
  });

  it('has no other power: it cannot see what belongs to another account (H10)', async () => {
    const site = await app.rest('POST', '/v1/sites', { body: { name: 'Theirs' }, bearer: other.token });
    const seen = await app.rest('GET', `/v1/sites/${site.body.id}`, { bearer: system.token });
    expect(verdictOf(seen)).toBe('404 not_found');
    const headers = { 'tenantry-account': other.accountId };
    const entered = await app.rest('GET', '/v1/account', { bearer: system.token, headers });
    expect(verdictOf(entered)).toBe('404 not_found');
  });
});

describe('an ordinary account', () => {
  it('is shown no figure, whatever its name and the scopes of its key (H9)', async () => {
    expect(verdictOf(await metrics(other.token))).toBe('403 role_forbids');
    const key = await makeKey(app, other, ['platform:metrics']);
    expect(verdictOf(await metrics(key))).toBe('403 scope_missing');
    const seen = await app.database.api.inAccount.read({ accountId: other.accountId }, callInfo, (tx) =>
      rows(tx, 'select * from platform_metric'),
    );
    expect(seen).toEqual([]);
  });

  it.each([
    ['api', 'row-level security'],
    ['admin', 'permission denied'],
  ] as const)('cannot be made a system account by the %s app', async (name, refusal) => {
    const { [name]: database } = app.database;
    const setSystem = database.inAccount.write({ accountId: other.accountId }, callInfo, (tx) =>
      rows(tx, 'update account set system = true'),
    );
    await expect(setSystem).rejects.toThrow('permission denied');
    const accountId = newId();
    const insert = (system: boolean) =>
      database.inAccount.write({ accountId }, callInfo, (tx) =>
        rows(tx, "insert into account (id, name, system, created_at) values ($1, 'x', $2, now())", [
          accountId,
          system,
        ]),
      );
    await expect(insert(true)).rejects.toThrow(refusal);
    if (name === 'api') expect(await insert(false)).toEqual([]);
  });
});
