import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type TestServiceKey, insertServiceKey } from '../../service-keys.ts';
import { makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
let key: TestServiceKey;
beforeAll(async () => {
  app = await openTestApp();
  key = await insertServiceKey(app);
});
afterAll(() => app.close());

const create = (body: Record<string, unknown>, bearer = key.secret, headers: Record<string, string> = {}) =>
  app.rest('POST', '/v1/accounts', { body: { name: 'Customer', ...body }, bearer, headers });
const countOf = async (externalId: string) =>
  (
    await app.database.query('select count(*)::int as n from account where external_id = $1', [externalId])
  )[0]?.['n'];

describe('an account that a service key makes', () => {
  it('has no member, the trial with its credits, and the external id that finds it', async () => {
    const externalId = newId();
    const made = await create({ externalId });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      created: true,
      account: { name: 'Customer', externalId, sandbox: false, status: 'active' },
      subscription: { status: 'trialing' },
      credits: { available: 1000 },
    });
    const headers = { 'tenantry-external-account': externalId };
    const members = await app.rest('GET', '/v1/members', { bearer: key.secret, headers });
    expect(members.body.items).toEqual([]);
    const held = await app.rest('POST', '/v1/credits/holds', {
      body: { amount: 5 },
      bearer: key.secret,
      headers,
    });
    expect(held.status).toBe(201);
  });

  it('is answered again with 200 for the same request, also after its name has changed (P7)', async () => {
    const externalId = newId();
    const first = await create({ externalId });
    const headers = { 'tenantry-external-account': externalId };
    const renamed = await app.rest('PATCH', '/v1/account', {
      body: { name: 'New' },
      bearer: key.secret,
      headers,
    });
    expect(renamed.status).toBe(200);
    const again = await create({ externalId });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ created: false, account: { id: first.body.account.id, name: 'New' } });
    expect(await countOf(externalId)).toBe(1);
  });

  it.each([
    ['another name', { name: 'Another' }],
    ['another plan', { planSlug: 'starter' }],
    ['another way to pay', { paymentMethod: 'bank_transfer' }],
  ])('is refused as taken with %s', async (_what, more) => {
    const externalId = newId();
    expect((await create({ externalId })).status).toBe(201);
    expect(verdictOf(await create({ externalId, ...more }))).toBe('409 external_id_taken');
    expect(await countOf(externalId)).toBe(1);
  });

  it('is made once by 12 requests at the same time (P7)', async () => {
    const externalId = newId();
    const answers = await Promise.all(Array.from({ length: 12 }, () => create({ externalId })));
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(11);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.account.id)).size).toBe(1);
    expect(await countOf(externalId)).toBe(1);
  });

  it('goes to one of 12 requests that ask for different names at the same time', async () => {
    const externalId = newId();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_one, index) => create({ externalId, name: `Customer ${index}` })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => verdictOf(answer) === '409 external_id_taken')).toHaveLength(11);
    expect(await countOf(externalId)).toBe(1);
  });

  it('is replayed under an Idempotency-Key without an external id', async () => {
    const headers = { 'idempotency-key': newId() };
    const first = await create({}, key.secret, headers);
    const second = await create({}, key.secret, headers);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(verdictOf(await create({ name: 'Other' }, key.secret, headers))).toBe('422 idempotency_mismatch');
  });

  it('of a test key is a sandbox account, and a live account is never found by it', async () => {
    const test = await insertServiceKey(app, { mode: 'test' });
    const [own, live] = [newId(), newId()];
    expect((await create({ externalId: own }, test.secret)).body.account.sandbox).toBe(true);
    await create({ externalId: live });
    expect(verdictOf(await create({ externalId: live }, test.secret))).toBe('409 external_id_taken');
    expect(verdictOf(await create({ externalId: own }))).toBe('409 external_id_taken');
  });

  it.each(['', 'with a space', 'x'.repeat(201), 'ümlaut', 'line\nbreak', 7])(
    'is refused with the external id %j',
    async (externalId) => {
      expect(verdictOf(await create({ externalId }))).toBe('400 invalid_input');
    },
  );

  it('is refused for a plan that is not sold, and leaves the external id free', async () => {
    const externalId = newId();
    expect(verdictOf(await create({ externalId, planSlug: 'unthrottled' }))).toBe('404 not_found');
    expect((await create({ externalId })).status).toBe(201);
  });

  it('is refused without the scope, and to an API key', async () => {
    const bare = await insertServiceKey(app, { scopes: ['account:read', 'account:write'] });
    const owner = await registerOwner(app);
    const apiKey = await makeKey(app, owner, ['account:write']);
    const headersOf = (bearer: string) => ({ authorization: `Bearer ${bearer}` });
    for (const transport of transports)
      for (const secret of [bare.secret, apiKey]) {
        const call = { name: 'account.create', input: { name: 'X' }, headers: headersOf(secret) };
        expect(verdictOf(await callProcedure(app, transport, call))).toBe('403 scope_missing');
      }
  });

  it('cannot be named externally by a person', async () => {
    const owner = await registerOwner(app);
    const externalId = newId();
    expect(verdictOf(await create({ externalId }, owner.token))).toBe('400 invalid_input');
    expect(await countOf(externalId)).toBe(0);
  });
});

describe('whom a service key acts for', () => {
  const named = (onBehalfOf: string) => ({
    'tenantry-account': accountId,
    'tenantry-on-behalf-of': onBehalfOf,
  });
  let accountId: string;
  beforeAll(async () => {
    accountId = (await create({})).body.account.id;
  });

  it('is written down with the audit entry and the ledger entry, beside the key (P9)', async () => {
    const headers = named('user 42 (Ada)');
    await app.rest('PATCH', '/v1/account', { body: { name: 'N' }, bearer: key.secret, headers });
    await app.rest('POST', '/v1/credits/holds', { body: { amount: 5 }, bearer: key.secret, headers });
    const rows = await app.database.query(
      `select actor, facts->>'onBehalfOf' as whom from audit_entry where account_id = $1 and action = 'account.update'
       union all select actor, facts->>'onBehalfOf' from ledger_entry where account_id = $1 and kind = 'hold'`,
      [accountId],
    );
    const written = { actor: `service_key:${key.id}`, whom: 'user 42 (Ada)' };
    expect(rows).toEqual([written, written]);
  });

  it('is written down with the security event of a new account', async () => {
    const headers = { 'tenantry-on-behalf-of': 'sign-up' };
    await create({ externalId: 'customer-with-event' }, key.secret, headers);
    const events = await app.database.query(
      `select actor, facts from security_event where facts->>'externalId' = 'customer-with-event'`,
    );
    expect(events).toEqual([
      {
        actor: `service_key:${key.id}`,
        facts: { externalId: 'customer-with-event', onBehalfOf: 'sign-up' },
      },
    ]);
  });

  it.each(['', 'x'.repeat(101), 'caf\u00e9', 'tab\there'])(
    'is refused as %j, and nothing is done',
    async (text) => {
      const before = await app.database.query('select count(*) from credit_hold where account_id = $1', [
        accountId,
      ]);
      const call = { body: { amount: 5 }, bearer: key.secret, headers: named(text) };
      expect(verdictOf(await app.rest('POST', '/v1/credits/holds', call))).toBe('400 invalid_input');
      expect(
        await app.database.query('select count(*) from credit_hold where account_id = $1', [accountId]),
      ).toEqual(before);
    },
  );

  it('is not read of a member', async () => {
    const owner = await registerOwner(app);
    const headers = { 'tenantry-on-behalf-of': 'somebody' };
    await app.rest('PATCH', '/v1/account', { body: { name: 'N' }, bearer: owner.token, headers });
    const rows = await app.database.query(
      `select facts from audit_entry where account_id = $1 and action = 'account.update'`,
      [owner.accountId],
    );
    expect(rows).toEqual([{ facts: {} }]);
  });
});
