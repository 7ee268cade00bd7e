import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { endMemberships } from '../../memberships.ts';
import { makeKey, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';
import { openWorld } from '../../fixture.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ trustedProxies: ['127.0.0.1'] });
});
afterAll(() => app.close());

const read = (bearer: string, headers = {}) => app.rest('GET', '/v1/credits', { bearer, headers });

describe('an API key', () => {
  it('is rotated with an overlap: the old key works until the overlap ends, and not a second longer (F10)', async () => {
    const owner = await registerOwner(app);
    const old = await makeKey(app, owner, ['credit:read']);
    const [listed] = (await app.rest('GET', '/v1/api-keys', { bearer: owner.token })).body.items;
    const rotate = (body: unknown) =>
      app.rest('POST', `/v1/api-keys/${listed.id}/rotate`, { body, bearer: owner.token });
    const made = await rotate({ overlapSeconds: 300 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: listed.name, scopes: ['credit:read'], expiresAt: null });
    for (const key of [old, made.body.secret]) expect(verdictOf(await read(key))).toBe('ok');
    app.passSeconds(299);
    expect(verdictOf(await read(old))).toBe('ok');
    app.passSeconds(2);
    expect(verdictOf(await read(old))).toBe('401 unauthenticated');
    expect(verdictOf(await read(made.body.secret))).toBe('ok');
    expect(verdictOf(await rotate({}))).toBe('409 conflict');
    app.passSeconds(-301);
  });

  it('stops working at its expiry, which cannot be in the past when the key is made', async () => {
    const owner = await registerOwner(app);
    const soon = new Date(Date.now() + 60_000).toISOString();
    const key = await makeKey(app, owner, ['credit:read'], { expiresAt: soon });
    expect(verdictOf(await read(key))).toBe('ok');
    app.passSeconds(61);
    expect(verdictOf(await read(key))).toBe('401 unauthenticated');
    app.passSeconds(-61);
    const body = { name: 'x', scopes: ['credit:read'], expiresAt: '2020-01-01T00:00:00Z' };
    expect(verdictOf(await app.rest('POST', '/v1/api-keys', { body, bearer: owner.token }))).toBe(
      '400 invalid_input',
    );
  });

  it('works only from its allowed addresses, and the log names the reason of a refusal', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:read'], {
      allowedAddresses: ['10.1.0.0/16', '2001:db8::/32', '192.0.2.7'],
    });
    const from = async (address: string) => verdictOf(await read(key, { 'x-forwarded-for': address }));
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1', '192.0.2.7'])
      expect(await from(address), address).toBe('ok');
    for (const address of ['10.2.0.1', '2001:db9::1', '192.0.2.8', '::1'])
      expect(await from(address), address).toBe('401 unauthenticated');
    expect(app.logs.at(-1)).toMatchObject({ reason: 'address_not_allowed', level: 40 });
    const wrong = { name: 'x', scopes: ['credit:read'], allowedAddresses: ['10.0.0.0/33'] };
    expect(verdictOf(await app.rest('POST', '/v1/api-keys', { body: wrong, bearer: owner.token }))).toBe(
      '400 invalid_input',
    );
  });

  it('records when it was last used, and delays no call (F11)', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:read']);
    const shown = async () =>
      (await app.rest('GET', '/v1/api-keys', { bearer: owner.token })).body.items[0].lastUsedAt;
    expect(await shown()).toBeNull();
    await app.database.query('begin');
    await app.database.query('select 1 from api_key where account_id = $1 for update', [owner.accountId]);
    expect(verdictOf(await read(key))).toBe('ok');
    const flushed = app.api.keyUses.flush();
    expect(verdictOf(await read(key))).toBe('ok');
    await app.database.query('commit');
    await flushed;
    await app.api.keyUses.flush();
    expect(Date.parse(await shown())).toBeGreaterThan(Date.now() - 60_000);
  });

  it('outlives the person who made it, since it belongs to the account (F9)', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:read']);
    await endMemberships(app.database, owner.accountId);
    expect(verdictOf(await read(key))).toBe('ok');
  });

  it.each(['member:write', 'key:write', 'billing:write'])('cannot have the scope %s', async (scope) => {
    const owner = await registerOwner(app);
    const body = { name: 'x', scopes: ['credit:read', scope] };
    expect(verdictOf(await app.rest('POST', '/v1/api-keys', { body, bearer: owner.token }))).toBe(
      '400 invalid_input',
    );
  });
});

describe('a key that is bound to a site', () => {
  it('reads and changes only that site; other sites do not exist for it (F6)', async () => {
    const { owner, ids } = await openWorld(app, 'One');
    const second = await app.rest('POST', '/v1/sites', { body: { name: 'Second' }, bearer: owner.token });
    const key = await makeKey(app, owner, ['site:read', 'site:write'], { siteId: ids.siteId });
    const as = (method: string, path: string, body?: unknown) =>
      app.rest(method, `/v1${path}`, { bearer: key, body });
    expect((await as('GET', '/sites')).body.items.map((site: { id: string }) => site.id)).toEqual([
      ids.siteId,
    ]);
    expect(verdictOf(await as('GET', `/sites/${second.body.id}`))).toBe('404 not_found');
    expect(verdictOf(await as('PATCH', `/sites/${second.body.id}`, { name: 'x' }))).toBe('404 not_found');
    expect(verdictOf(await as('GET', `/sites/${second.body.id}/sectors`))).toBe('404 not_found');
    expect(verdictOf(await as('PATCH', `/sites/${ids.siteId}`, { name: 'Renamed' }))).toBe('ok');
    expect(verdictOf(await as('POST', '/api-keys', { name: 'x', scopes: ['site:read'] }))).toBe(
      '403 scope_missing',
    );
  });
});
