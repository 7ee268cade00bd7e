import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, openTestHouse } from '../house.ts';
import { makeKey, registerOwner } from '../people.ts';
import { verdictOf } from '../procedures.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ trustedProxies: ['127.0.0.1'] });
});
afterAll(() => house.close());

const read = (bearer: string, headers = {}) => house.rest('GET', '/v1/credits', { bearer, headers });

describe('an API key', () => {
  it('is replaced with an overlap: the old one works until it ends, and not a second longer (F10)', async () => {
    const owner = await registerOwner(house);
    const old = await makeKey(house, owner, ['credit:read']);
    const [listed] = (await house.rest('GET', '/v1/api-keys', { bearer: owner.token })).body.items;
    const rotate = (body: unknown) =>
      house.rest('POST', `/v1/api-keys/${listed.id}/rotate`, { body, bearer: owner.token });
    const made = await rotate({ overlapSeconds: 300 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: listed.name, scopes: ['credit:read'], expiresAt: null });
    for (const key of [old, made.body.secret]) expect(verdictOf(await read(key))).toBe('ok');
    house.passSeconds(299);
    expect(verdictOf(await read(old))).toBe('ok');
    house.passSeconds(2);
    expect(verdictOf(await read(old))).toBe('401 unauthenticated');
    expect(verdictOf(await read(made.body.secret))).toBe('ok');
    expect(verdictOf(await rotate({}))).toBe('409 conflict');
    house.passSeconds(-301);
  });

  it('ends when it was told to end, and cannot be made to have ended', async () => {
    const owner = await registerOwner(house);
    const soon = new Date(Date.now() + 60_000).toISOString();
    const key = await makeKey(house, owner, ['credit:read'], { expiresAt: soon });
    expect(verdictOf(await read(key))).toBe('ok');
    house.passSeconds(61);
    expect(verdictOf(await read(key))).toBe('401 unauthenticated');
    house.passSeconds(-61);
    const body = { name: 'x', scopes: ['credit:read'], expiresAt: '2020-01-01T00:00:00Z' };
    expect(verdictOf(await house.rest('POST', '/v1/api-keys', { body, bearer: owner.token }))).toBe(
      '400 invalid_input',
    );
  });

  it('works from its addresses alone, and the log says why not', async () => {
    const owner = await registerOwner(house);
    const key = await makeKey(house, owner, ['credit:read'], {
      allowedAddresses: ['10.1.0.0/16', '2001:db8::/32', '192.0.2.7'],
    });
    const from = async (address: string) => verdictOf(await read(key, { 'x-forwarded-for': address }));
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1', '192.0.2.7'])
      expect(await from(address), address).toBe('ok');
    for (const address of ['10.2.0.1', '2001:db9::1', '192.0.2.8', '::1'])
      expect(await from(address), address).toBe('401 unauthenticated');
    expect(house.logs.at(-1)).toMatchObject({ reason: 'address_not_allowed', level: 40 });
    const wrong = { name: 'x', scopes: ['credit:read'], allowedAddresses: ['10.0.0.0/33'] };
    expect(verdictOf(await house.rest('POST', '/v1/api-keys', { body: wrong, bearer: owner.token }))).toBe(
      '400 invalid_input',
    );
  });

  it('remembers when it was last used, beside the calls (F11)', async () => {
    const owner = await registerOwner(house);
    const key = await makeKey(house, owner, ['credit:read']);
    const shown = async () =>
      (await house.rest('GET', '/v1/api-keys', { bearer: owner.token })).body.items[0].lastUsedAt;
    expect(await shown()).toBeNull();
    await house.database.look('begin');
    await house.database.look('select 1 from api_key where account_id = $1 for update', [owner.accountId]);
    expect(verdictOf(await read(key))).toBe('ok');
    const flushed = house.house.keyUses.flush();
    expect(verdictOf(await read(key))).toBe('ok');
    await house.database.look('commit');
    await flushed;
    await house.house.keyUses.flush();
    expect(Date.parse(await shown())).toBeGreaterThan(Date.now() - 60_000);
  });

  it('outlives who made it, since it belongs to the account (F9)', async () => {
    const owner = await registerOwner(house);
    const key = await makeKey(house, owner, ['credit:read']);
    await house.database.look('delete from membership where account_id = $1', [owner.accountId]);
    expect(verdictOf(await read(key))).toBe('ok');
  });

  it.each(['member:write', 'key:write', 'billing:write'])('never holds %s', async (scope) => {
    const owner = await registerOwner(house);
    const body = { name: 'x', scopes: ['credit:read', scope] };
    expect(verdictOf(await house.rest('POST', '/v1/api-keys', { body, bearer: owner.token }))).toBe(
      '400 invalid_input',
    );
  });
});
