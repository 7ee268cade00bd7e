import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Transport, callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type TestServiceKey, insertServiceKey, nameExternally } from '../../service-keys.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
let owner: Owner;
let key: TestServiceKey;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
  key = await insertServiceKey(app);
  await nameExternally(app, owner.accountId, 'customer-1');
});
afterAll(() => app.close());

type Headers = Record<string, string>;
const headersOf = (secret: string, more: Headers = {}): Headers => ({
  authorization: `Bearer ${secret}`,
  ...more,
});
const account = () => ({ 'tenantry-account': owner.accountId });
const external = (externalId: string) => ({ 'tenantry-external-account': externalId });
const read = (transport: Transport, headers: Headers, name = 'credit.get') =>
  callProcedure(app, transport, { name, headers });

describe.each(transports)('a service key over %s', (transport) => {
  it('acts for the account that the call names, by its id in either case or by the external id (P5)', async () => {
    for (const named of [
      account(),
      { 'tenantry-account': owner.accountId.toUpperCase() },
      external('customer-1'),
    ]) {
      const answer = await read(transport, headersOf(key.secret, named), 'account.get');
      expect(verdictOf(answer)).toBe('ok');
      expect(JSON.stringify(answer.body)).toContain(owner.accountId);
    }
  });

  it.each([
    ['without an account', {}, '400 account_required'],
    ['with a random account', { 'tenantry-account': newId() }, '404 not_found'],
    ['with an account that is no UUID', { 'tenantry-account': 'customer-1' }, '400 invalid_input'],
    ['with an unknown external id', external('customer-2'), '404 not_found'],
    ['with an external id in another case', external('Customer-1'), '404 not_found'],
    ['with an external id of two words', external('customer 1'), '400 invalid_input'],
    ['with an external id of 201 characters', external('x'.repeat(201)), '400 invalid_input'],
    ['with an empty external id', external(''), '400 invalid_input'],
  ])('is refused %s', async (_what, named, verdict) => {
    expect(verdictOf(await read(transport, headersOf(key.secret, named)))).toBe(verdict);
  });

  it('is refused when the call names the account twice, even where both names agree (P5)', async () => {
    const both = { ...account(), ...external('customer-1') };
    expect(verdictOf(await read(transport, headersOf(key.secret, both)))).toBe('400 invalid_input');
  });

  it('is refused without the scope, and where only a person may call', async () => {
    const bare = await insertServiceKey(app, { scopes: ['account:create', 'credential:verify'] });
    expect(verdictOf(await read(transport, headersOf(bare.secret, account())))).toBe('403 scope_missing');
    for (const name of ['me.get', 'session.deleteAll'])
      expect(verdictOf(await read(transport, headersOf(key.secret, account()), name))).toBe(
        '403 scope_missing',
      );
    const invite = { email: 'a@b.example', role: 'viewer' };
    const call = { name: 'invitation.create', input: invite, headers: headersOf(key.secret, account()) };
    expect(verdictOf(await callProcedure(app, transport, call))).toBe('403 scope_missing');
  });

  it('of the test mode sees sandbox accounts alone, and answers another as if there were none', async () => {
    const test = await insertServiceKey(app, { mode: 'test' });
    const hidden = await read(transport, headersOf(test.secret, account()));
    const missing = await read(transport, headersOf(test.secret, { 'tenantry-account': newId() }));
    const { requestId: _hidden, ...hiddenBody } = hidden.body;
    const { requestId: _missing, ...missingBody } = missing.body;
    expect(verdictOf(hidden)).toBe('404 not_found');
    if (transport === 'rest') expect(hiddenBody).toEqual(missingBody);
    expect(verdictOf(await read(transport, headersOf(test.secret, external('customer-1'))))).toBe(
      '404 not_found',
    );
    const sandbox = await registerOwner(app);
    await app.database.query('update account set sandbox = true where id = $1', [sandbox.accountId]);
    const named = { 'tenantry-account': sandbox.accountId };
    expect(verdictOf(await read(transport, headersOf(test.secret, named)))).toBe('ok');
  });

  it('is no credential once it is revoked or has expired, from another address, or with another secret', async () => {
    const revoked = await insertServiceKey(app);
    await app.database.query('update service_key set revoked_at = now() where id = $1', [revoked.id]);
    const expired = await insertServiceKey(app, { expiresAt: new Date(Date.now() - 1000) });
    const elsewhere = await insertServiceKey(app, { allowedAddresses: ['192.0.2.0/24'] });
    const faults = { revoked, expired, address_not_allowed: elsewhere };
    for (const [fault, { secret }] of Object.entries(faults)) {
      const answer = await read(transport, headersOf(secret, account()));
      expect(verdictOf(answer)).toBe('401 unauthenticated');
      expect(JSON.stringify(answer.body)).toContain(`"credential":{"kind":"service_key","fault":"${fault}"}`);
    }
    const other = await insertServiceKey(app);
    await app.database.query('update service_key set digest = $2 where id = $1', [other.id, 'f'.repeat(64)]);
    const guess = await read(transport, headersOf(other.secret, account()));
    expect(verdictOf(guess)).toBe('401 unauthenticated');
    expect(JSON.stringify(guess.body)).not.toContain('service_key');
    const wrong = `${key.secret.slice(0, -1)}${key.secret.endsWith('0') ? '1' : '0'}`;
    const rest = [wrong, key.secret.toUpperCase(), key.secret.slice(0, -1), key.secret.replace('tns', 'tny')];
    for (const secret of rest)
      expect(verdictOf(await read(transport, headersOf(secret, account())))).toBe('401 unauthenticated');
  });

  it('is refused in a suspended and in a closed account', async () => {
    for (const status of ['suspended', 'closed']) {
      const other = await registerOwner(app);
      await app.database.query('update account set status = $2 where id = $1', [other.accountId, status]);
      app.api.authentication.accessCache.forget();
      const named = { 'tenantry-account': other.accountId };
      expect(verdictOf(await read(transport, headersOf(key.secret, named)))).toBe(`403 account_${status}`);
    }
  });

  it('tells what it is, with and without an account', async () => {
    const alone = await read(transport, headersOf(key.secret), 'credential.get');
    expect(JSON.stringify(alone.body)).toContain(`"kind":"service_key","id":"${key.id}"`);
    const named = await read(transport, headersOf(key.secret, external('customer-1')), 'credential.get');
    expect(JSON.stringify(named.body)).toContain(`"account":{"id":"${owner.accountId}"}`);
    const unknown = await read(transport, headersOf(key.secret, external('customer-9')), 'credential.get');
    expect(verdictOf(unknown)).toBe('404 not_found');
  });
});

describe('an external id', () => {
  it('is refused from members and API keys alike, whether or not there is such an account', async () => {
    const apiKey = await makeKey(app, owner, ['credit:read']);
    const answers = [];
    for (const secret of [owner.token, apiKey])
      for (const externalId of ['customer-1', 'nobody']) {
        const answer = await read('rest', headersOf(secret, external(externalId)));
        const { requestId: _, ...body } = answer.body;
        expect(verdictOf(answer)).toBe('400 invalid_input');
        answers.push(JSON.stringify(body));
      }
    expect(new Set(answers).size).toBe(1);
  });
});

describe('a service key on the admin app', () => {
  it('is no credential', async () => {
    const answer = await app.admin.rest('GET', '/v1/accounts', { bearer: key.secret });
    expect(verdictOf(answer)).toBe('401 unauthenticated');
  });
});

describe('a service key in a query', () => {
  it('is refused, and no log line holds it', async () => {
    const answer = await app.rest('GET', `/v1/plans?key=${key.secret}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    const inQuery = await app.rest('GET', `/v1/credits?limit=${key.secret}`, { headers: account() });
    expect(verdictOf(inQuery)).toBe('401 unauthenticated');
    expect(JSON.stringify(app.logs)).not.toContain(key.secret);
  });
});
