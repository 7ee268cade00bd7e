import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { verdictOf } from '@tenantry/testing/procedures';
import { registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const settings = () => ({
  MIGRATION_DATABASE_URL: app.database.url('tenantry_owner'),
  API_KEY_PEPPER: 'p'.repeat(32),
});
const serviceKey = (...words: string[]) => runTenantry(['service-key', ...words], settings());
const make = async (...more: string[]) => {
  const { code, text } = await serviceKey('create', '--name', 'Backend', '--scopes', 'account:read', ...more);
  expect(code).toBe(0);
  const [, secret = '', id = ''] = /^Service key {2}(\S+)\nId {11}(\S+)$/m.exec(text) ?? [];
  return { secret, id };
};

describe('tenantry service-key', () => {
  it('makes a key that works at once, lists it without its secret, rotates and revokes it', async () => {
    const { accountId } = await registerOwner(app);
    const read = (bearer: string) =>
      app.rest('GET', '/v1/account', { bearer, headers: { 'tenantry-account': accountId } });
    const { secret, id } = await make();
    expect((await read(secret)).status).toBe(200);
    const listed = await serviceKey('list');
    expect(listed.text).toContain(id);
    expect(listed.text).not.toContain(secret);
    const rotated = await serviceKey('rotate', id, '--overlap', '0');
    const successor = /tns_live_\w+/.exec(rotated.text)?.[0] ?? '';
    expect((await read(successor)).status).toBe(200);
    await expect
      .poll(async () => verdictOf(await read(secret)), { timeout: 5000 })
      .toBe('401 unauthenticated');
    const again = await serviceKey('rotate', id);
    expect(again).toMatchObject({ code: 1, text: expect.stringContaining('replaced already') });
    const successorId = /^Id +(\S+)$/m.exec(rotated.text)?.[1] ?? '';
    expect((await serviceKey('revoke', successorId)).code).toBe(0);
    await expect
      .poll(async () => verdictOf(await read(successor)), { timeout: 5000 })
      .toBe('401 unauthenticated');
    const events = await app.database.query(
      "select action, actor from security_event where action like 'serviceKey.%' order by id",
    );
    expect(events).toEqual(
      ['create', 'rotate', 'revoke'].map((verb) => ({ action: `serviceKey.${verb}`, actor: 'system:cli' })),
    );
  });

  it.each([
    [['create', '--name', 'B', '--scopes', 'member:write'], 'scopes'],
    [['create', '--name', 'B', '--scopes', 'account:read', '--addresses', '300.1.1.1'], 'allowedAddresses'],
    [['create', '--name', 'B', '--scopes', 'account:read', '--calls-per-minute', '0'], 'callsPerMinute'],
    [['create', '--name', 'B', '--scopes', 'account:read', '--expires', '2020-01-01T00:00:00Z'], 'passed'],
    [['revoke', 'nothing'], 'serviceKeyId'],
    [['revoke', '0198f000-0000-7000-8000-00000000ffff'], 'no such service key'],
  ])('refuses %j', async (words, fault) => {
    const { code, text } = await serviceKey(...words);
    expect(code).toBe(1);
    expect(text).toContain(fault);
  });
});
