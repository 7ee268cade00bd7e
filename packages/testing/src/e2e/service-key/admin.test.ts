import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let owner: Owner;
const staff = { platform_admin: '', finance: '', support: '' };
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
  for (const role of ['platform_admin', 'finance', 'support'] as const)
    staff[role] = await signInStaff(app, role);
});
afterAll(() => app.close());

type Headers = Record<string, string>;
const asked = { name: 'Backend', scopes: ['account:read', 'credit:spend', 'account:read'] };
const as = (method: string, path: string, body?: unknown, headers: Headers = {}) =>
  app.admin.rest(method, `/v1/service-keys${path}`, { bearer: staff.platform_admin, body, headers });
const create = (more: Record<string, unknown> = {}, headers: Headers = {}) =>
  as('POST', '', { ...asked, ...more }, headers);
const readAs = (secret: string) =>
  app.rest('GET', '/v1/account', { bearer: secret, headers: { 'tenantry-account': owner.accountId } });
const eventsOf = (id: string) =>
  app.database.query(
    "select action, actor, facts from security_event where facts->>'subject' = $1 order by id",
    [id],
  );

describe.each(transports)('a service key that a platform admin makes over %s', (transport) => {
  const call = (name: string, input: Record<string, unknown>, token = staff.platform_admin) =>
    callProcedure(app.admin, transport, {
      app: 'admin',
      name: `serviceKey.${name}`,
      input,
      headers: { authorization: `Bearer ${token}` },
    });

  it('works at once, is shown without its secret from then on, and is rotated and revoked', async () => {
    const made = await call('create', asked);
    expect(verdictOf(made)).toBe('ok');
    const { secret, ...shown } = made.body;
    expect(secret).toMatch(/^tns_live_/);
    expect(shown).toMatchObject({ scopes: ['account:read', 'credit:spend'], callsPerMinute: 60_000 });
    expect(verdictOf(await readAs(secret))).toBe('ok');
    await app.api.keyUses.flush();
    const listed = await call('list', {});
    const row = listed.body.items.find(({ id }: { id: string }) => id === shown.id);
    expect(row).toEqual({ ...shown, lastUsedAt: expect.any(String) });
    const next = await call('rotate', { serviceKeyId: shown.id, overlapSeconds: 0 });
    expect(next.body).toMatchObject({ predecessorId: shown.id, scopes: shown.scopes });
    expect(verdictOf(await readAs(next.body.secret))).toBe('ok');
    await expect
      .poll(async () => verdictOf(await readAs(secret)), { timeout: 5000 })
      .toBe('401 unauthenticated');
    expect(verdictOf(await call('revoke', { serviceKeyId: next.body.id }))).toBe('ok');
    await expect
      .poll(async () => verdictOf(await readAs(next.body.secret)), { timeout: 5000 })
      .toBe('401 unauthenticated');
  });

  it.each(['finance', 'support'] as const)(
    'is not made, seen, replaced or ended by %s (P10)',
    async (role) => {
      const { id, secret } = (await call('create', asked)).body;
      const calls: [string, Record<string, unknown>][] = [
        ['list', {}],
        ['create', asked],
        ['rotate', { serviceKeyId: id }],
        ['revoke', { serviceKeyId: id }],
      ];
      const before = await app.database.query('select count(*) from service_key');
      for (const [name, input] of calls)
        expect(verdictOf(await call(name, input, staff[role]))).toBe('403 role_forbids');
      expect(await app.database.query('select count(*) from service_key')).toEqual(before);
      expect(verdictOf(await readAs(secret))).toBe('ok');
    },
  );

  it('is refused with an expiry that has passed, a scope that no key has, and an unknown id', async () => {
    const past = await call('create', { ...asked, expiresAt: '2020-01-01T00:00:00Z' });
    expect(verdictOf(past)).toBe('400 invalid_input');
    for (const wrong of [
      { scopes: ['member:write'] },
      { scopes: [] },
      { name: '' },
      { allowedAddresses: ['192.0.2.300'] },
      { callsPerMinute: 0 },
      { callsPerMinute: '60' },
      { mode: 'prod' },
      { secret: 'tns_live_mine' },
    ])
      expect(verdictOf(await call('create', { ...asked, ...wrong }))).toBe('400 invalid_input');
    for (const name of ['rotate', 'revoke']) {
      expect(verdictOf(await call(name, { serviceKeyId: newId() }))).toBe('404 not_found');
      expect(verdictOf(await call(name, { serviceKeyId: 'x' }))).toBe('400 invalid_input');
    }
    const { id } = (await call('create', asked)).body;
    expect(verdictOf(await call('rotate', { serviceKeyId: id, overlapSeconds: 604_801 }))).toBe(
      '400 invalid_input',
    );
    await call('revoke', { serviceKeyId: id });
    expect(verdictOf(await call('rotate', { serviceKeyId: id }))).toBe('409 conflict');
    expect(verdictOf(await call('revoke', { serviceKeyId: id }))).toBe('ok');
  });
});

describe('the list of service keys', () => {
  it('goes page by page, newest first, and no answer has a digest or a secret', async () => {
    const made = [];
    for (const name of ['One', 'Two', 'Three']) made.push((await create({ name })).body);
    const first = await as('GET', '?limit=2');
    const second = await as('GET', `?limit=2&cursor=${first.body.nextCursor}`);
    const names = [...first.body.items, ...second.body.items].map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['Three', 'Two', 'One']);
    const digests = await app.database.query('select digest from service_key');
    const text = JSON.stringify([first.body, second.body]);
    for (const { digest } of digests) expect(text).not.toContain(digest);
    for (const { secret } of made) expect(text).not.toContain(secret);
    expect(verdictOf(await as('GET', '?limit=0'))).toBe('400 invalid_input');
    expect(verdictOf(await as('GET', '?cursor=nothing'))).toBe('400 invalid_input');
  });
});

describe('a service key that is made with an Idempotency-Key', () => {
  it('is made once, also by 12 requests at the same time; the replay has no secret', async () => {
    const headers = { 'idempotency-key': newId() };
    const answers = await Promise.all(Array.from({ length: 12 }, () => create({ name: 'Once' }, headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 201));
    expect(answers.filter(({ body }) => body.secret !== null)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const replayed = await create({ name: 'Once' }, headers);
    expect([replayed.body.secret, replayed.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
    expect(verdictOf(await create({ name: 'Other' }, headers))).toBe('422 idempotency_mismatch');
    const stored = await app.database.query('select * from person_idempotency_record');
    const secret = answers.find(({ body }) => body.secret !== null)?.body.secret;
    expect(JSON.stringify(stored)).not.toContain(secret);
  });

  it('is rotated once, and a retry does not end the successor', async () => {
    const { id } = (await create()).body;
    const headers = { 'idempotency-key': newId() };
    const rotate = () => as('POST', `/${id}/rotate`, { overlapSeconds: 60 }, headers);
    const [first, again] = [await rotate(), await rotate()];
    expect(again.body).toEqual({ ...first.body, secret: null });
    expect(verdictOf(await readAs(first.body.secret))).toBe('ok');
    expect(verdictOf(await as('POST', `/${id}/rotate`, {}))).toBe('409 conflict');
  });

  it('goes to one of two rotations at the same time', async () => {
    const { id } = (await create()).body;
    const both = await Promise.all([1, 2].map(() => as('POST', `/${id}/rotate`, {})));
    expect(both.map(verdictOf).toSorted()).toEqual(['409 conflict', 'ok']);
  });
});

describe('what is written down of service keys', () => {
  it('names who made, replaced and ended a key, and what it may do', async () => {
    const expiresAt = '2100-01-01T02:00:00+02:00';
    const bounds = { expiresAt, allowedAddresses: ['127.0.0.0/8', '::1'] };
    const { id, createdBy } = (await create({ name: 'Written', mode: 'test', ...bounds })).body;
    const next = (await as('POST', `/${id}/rotate`, { overlapSeconds: 30 })).body;
    await as('DELETE', `/${next.id}`);
    expect(await eventsOf(id)).toEqual([
      {
        action: 'serviceKey.create',
        actor: createdBy,
        facts: {
          subject: id,
          name: 'Written',
          mode: 'test',
          scopes: 'account:read,credit:spend,account:read',
          expiresAt: '2100-01-01T00:00:00.000Z',
          allowedAddresses: '127.0.0.0/8,::1',
        },
      },
    ]);
    expect(await eventsOf(next.id)).toEqual([
      {
        action: 'serviceKey.rotate',
        actor: createdBy,
        facts: { subject: next.id, serviceKeyId: id, overlapSeconds: '30' },
      },
      { action: 'serviceKey.revoke', actor: createdBy, facts: { subject: next.id } },
    ]);
    expect(createdBy).toMatch(/^staff:/);
  });

  it('tells of a refused attempt, and of no secret (P10)', async () => {
    const count = async () =>
      (
        await app.database.query(
          "select count(*)::int as n from security_event where action = 'serviceKey.create' and facts->>'refused' = 'role_forbids'",
        )
      )[0]?.['n'];
    const before = Number(await count());
    await app.admin.rest('POST', '/v1/service-keys', { bearer: staff.support, body: asked });
    expect(await count()).toBe(before + 1);
    const { secret } = (await create()).body;
    expect(JSON.stringify(await app.database.query('select facts from security_event'))).not.toContain(
      secret,
    );
    expect(JSON.stringify(app.logs)).not.toContain(secret);
  });
});
