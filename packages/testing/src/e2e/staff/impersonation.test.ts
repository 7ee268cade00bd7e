import { impersonationAllows } from '@tenantry/domain/permissions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type World, openSystemWorld, openWorld } from '../../fixture.ts';
import { callProcedure, procedures, termsOf, transports, verdictOf } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { addStaff, signInStaff, staffPassword } from '../../users.ts';

let app: TestApp;
let world: World;
let support: string;
beforeAll(async () => {
  app = await openTestApp();
  world = await openSystemWorld(app);
  support = await signInStaff(app, 'support');
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer = support) =>
  app.admin.rest('POST', `/v1${path}`, { body, bearer });
const given = (more = {}) => ({
  accountId: world.owner.accountId,
  userId: world.owner.userId,
  reason: 'Ticket 4711.',
  ...more,
});
async function impersonate(more = {}, bearer = support) {
  const made = await post('/impersonations', given(more), bearer);
  expect(made.status).toBe(201);
  const { id, credential }: { id: string; credential: string } = made.body;
  return { id, credential, headers: { authorization: `Bearer ${credential}` } };
}
const account = (bearer: string) => app.rest('GET', '/v1/account', { bearer });
const events = () =>
  app.database.query(
    "select actor, facts from security_event where action = 'impersonation.call' order by id",
  );

describe('an impersonation', () => {
  it('reads what the member may read and nothing of keys and webhooks, over both transports', async () => {
    const { headers } = await impersonate();
    for (const { name, type } of procedures.api.values()) {
      const terms = termsOf('api', name);
      if (type !== 'query' || terms === undefined || terms.audience === 'public') continue;
      const input = rightInputs('api', name, world);
      for (const transport of transports) {
        const verdict = verdictOf(await callProcedure(app, transport, { name, input, headers }));
        if (terms.audience === 'credential') expect(verdict, name).toBe('ok');
        else if (terms.audience === 'tenant') {
          const may = terms.person !== true && (terms.scope === 'any' || impersonationAllows(terms.scope));
          expect(verdict === '403 impersonation_read_only', `${name} ${verdict}`).toBe(!may);
          expect(verdict, name).not.toMatch(/^(401|403 role|403 scope)/);
        } else expect(verdict, name).toBe('403 scope_missing');
      }
    }
    for (const scope of ['key:read', 'account:write', 'credit:spend', 'operation:run'] as const)
      expect(impersonationAllows(scope)).toBe(false);
  }, 120_000);

  it('changes nothing and spends nothing: every mutation and stream is refused, and no row differs', async () => {
    const { headers } = await impersonate();
    const rows = async () => {
      const tables = await app.database.query(
        "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
      );
      const unwatched = ['security_event', 'security_event_head', 'sign_in_guard'];
      const found: Record<string, unknown> = {};
      for (const { name } of tables) {
        if (unwatched.includes(String(name))) continue;
        found[String(name)] = await app.database.query(
          `select count(*)::int as rows, md5(string_agg(t::text, ',' order by t::text)) as digest from "${String(name)}" t`,
        );
      }
      return found;
    };
    const before = await rows();
    for (const { name, type } of procedures.api.values()) {
      const terms = termsOf('api', name);
      if (type === 'query' || terms?.audience === 'public') continue;
      const input = rightInputs('api', name, world);
      for (const transport of transports)
        expect(verdictOf(await callProcedure(app, transport, { name, input, headers })), name).toBe(
          '403 impersonation_read_only',
        );
    }
    expect(await rows()).toEqual(before);
  }, 120_000);

  it('says what it is, and stays on record as both people, each call of it', async () => {
    const { id, credential } = await impersonate();
    const { body } = await app.rest('GET', '/v1/credential', { bearer: credential });
    expect(body).toMatchObject({
      kind: 'impersonation',
      id,
      userId: world.owner.userId,
      account: { id: world.owner.accountId },
      role: 'owner',
      scopes: null,
    });
    const last = (await events()).at(-1);
    expect(String(last?.['actor'])).toMatch(/^staff:/);
    expect(last?.['facts']).toMatchObject({
      asUser: `user:${world.owner.userId}`,
      accountId: world.owner.accountId,
      impersonationId: id,
      procedure: 'credential.get',
    });
    const [audit] = await app.database.query(
      "select actor, facts from audit_entry where account_id = $1 and action = 'impersonation.create' order by id desc limit 1",
      [world.owner.accountId],
    );
    expect(audit).toMatchObject({ facts: { userId: world.owner.userId, reason: 'Ticket 4711.' } });
    expect(String(audit?.['actor'])).toMatch(/^staff:/);
  });

  it('is of one account: another is not seen, by header or otherwise', async () => {
    const { credential } = await impersonate();
    const other = await openWorld(app, 'Other');
    const headers = { 'tenantry-account': other.owner.accountId };
    const named = await app.rest('GET', '/v1/account', { bearer: credential, headers });
    expect(verdictOf(named)).toBe('404 not_found');
    const site = await app.rest('GET', `/v1/sites/${other.ids.siteId}`, { bearer: credential });
    expect(verdictOf(site)).toBe('404 not_found');
    expect((await account(credential)).body.id).toBe(world.owner.accountId);
    const stranger = await post('/impersonations', given({ userId: other.owner.userId }));
    expect(verdictOf(stranger)).toBe('404 not_found');
  });

  it('is no credential of a customer, for the product or a proxy, and none at the admin app', async () => {
    const { credential } = await impersonate();
    const { secret } = await insertServiceKey(app);
    const verified = await app.rest('POST', '/v1/credentials/verify', {
      body: { credential },
      bearer: secret,
    });
    expect(verified.body).toMatchObject({ valid: false, code: 'unauthenticated' });
    expect(verdictOf(await app.rest('GET', '/forward-auth', { bearer: credential }))).toBe(
      '401 unauthenticated',
    );
    expect(verdictOf(await app.admin.rest('GET', '/v1/accounts', { bearer: credential }))).toBe(
      '401 unauthenticated',
    );
    const query = await app.rest('GET', `/v1/account?x=${credential}`, { bearer: world.owner.token });
    expect(verdictOf(query)).toBe('401 unauthenticated');
  });

  it('ends by itself, by staff, and with the access of its staff', async () => {
    const timed = await impersonate({ minutes: 5 });
    app.passSeconds(301);
    expect(verdictOf(await account(timed.credential))).toBe('401 unauthenticated');
    app.passSeconds(-301);
    const ended = await impersonate();
    const end = () => post(`/accounts/${world.owner.accountId}/impersonations/${ended.id}/end`, {});
    expect((await end()).body.endedAt).not.toBeNull();
    expect(verdictOf(await account(ended.credential))).toBe('401 unauthenticated');
    expect(verdictOf(await end())).toBe('409 conflict');
    const admin = await signInStaff(app, 'platform_admin');
    for (const [method, path, more] of [
      ['POST', '/disable', {}],
      ['PATCH', '', { role: 'finance' }],
      ['POST', '/reset', {}],
    ] as const) {
      const email = await addStaff(app, 'support');
      const { token, staff } = (await post('/sessions', { email, password: staffPassword })).body;
      const { credential } = await impersonate({}, token);
      expect(verdictOf(await account(credential))).toBe('ok');
      const body = { ...more, reason: 'Leaves.' };
      await app.admin.rest(method, `/v1/staff/${staff.id}${path}`, { body, bearer: admin });
      expect(verdictOf(await account(credential)), path).toBe('401 unauthenticated');
    }
  });

  it('ends with the membership of the person', async () => {
    const { userId } = world.ids;
    const { credential } = await impersonate({ userId });
    expect(verdictOf(await account(credential))).toBe('ok');
    await app.rest('DELETE', `/v1/members/${userId}`, { bearer: world.owner.token });
    expect(verdictOf(await account(credential))).toBe('404 not_found');
  });

  it('needs a reason, the power, and at most an hour; its credential is shown once', async () => {
    expect(verdictOf(await post('/impersonations', given({ reason: ' ' })))).toBe('400 invalid_input');
    expect(verdictOf(await post('/impersonations', given({ minutes: 61 })))).toBe('400 invalid_input');
    const finance = await signInStaff(app, 'finance');
    expect(verdictOf(await post('/impersonations', given(), finance))).toBe('403 role_forbids');
    const call = () =>
      app.admin.rest('POST', '/v1/impersonations', {
        body: given(),
        bearer: support,
        headers: { 'idempotency-key': 'once' },
      });
    const [first, again] = [await call(), await call()];
    expect([first.body.id, again.body.credential]).toEqual([again.body.id, null]);
    const stored = await app.database.query('select to_jsonb(i) as row from impersonation i');
    expect(JSON.stringify(stored)).not.toContain(String(first.body.credential).slice(4));
    const open = await app.admin.rest('GET', '/v1/impersonations?isOpen=true&isOwn=true', {
      bearer: support,
    });
    expect(open.body.items.map((one: { id: string }) => one.id)).toContain(first.body.id);
  });
});

describe('the records in the console', () => {
  it('are found by who, what and account, and show why', async () => {
    const admin = await signInStaff(app, 'platform_admin');
    const path = `/v1/accounts/${world.owner.accountId}`;
    await app.admin.rest('POST', `${path}/credits/adjust`, {
      body: { amount: 3, reason: 'Goodwill.' },
      bearer: admin,
    });
    const list = (query: string, bearer = admin) => app.admin.rest('GET', `/v1/${query}`, { bearer });
    const { items } = (await list(`audit?accountId=${world.owner.accountId}&action=credit.adjust`)).body;
    expect(items).toMatchObject([
      { action: 'credit.adjust', accountName: 'Own', facts: { reason: 'Goodwill.' } },
    ]);
    const { actor } = items[0];
    const byActor = (await list(`audit?actor=${encodeURIComponent(actor)}`)).body.items;
    expect(new Set(byActor.map((one: { actor: string }) => one.actor))).toEqual(new Set([actor]));
    const security = await list('security-events?action=impersonation.call&limit=2');
    expect(security.body.items).toHaveLength(2);
    expect(security.body.nextCursor).not.toBeNull();
    expect(verdictOf(await list('audit', support))).toBe('403 role_forbids');
    expect(verdictOf(await list('audit?from=yesterday'))).toBe('400 invalid_input');
  });
});
