import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Caller } from '../../caller.ts';
import { sameBytes, verdictOf } from '../../procedures.ts';
import { type TestServiceKey, insertServiceKey } from '../../service-keys.ts';
import { type Owner, makeKey, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let key: TestServiceKey;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  key = await insertServiceKey(app);
  owner = await registerOwner(app);
});
afterAll(() => app.close());

const verify = (credential: string, bearer: string) =>
  app.rest('POST', '/v1/credentials/verify', { bearer, body: { credential } });
const create = (externalId: string, name = 'Customer') =>
  app.rest('POST', '/v1/accounts', { bearer: key.secret, body: { name, externalId } });
const accountOf = (headers: Record<string, string>) =>
  app.rest('GET', '/v1/account', { bearer: key.secret, headers });
const creditsBy = (caller: Caller, secret: string) =>
  caller.rest('GET', '/v1/credits', { bearer: secret, headers: { 'tenantry-account': owner.accountId } });

describe('a service key without the scope of verification', () => {
  it('gets the same bytes for a credential that exists and for one that does not', async () => {
    const bare = await insertServiceKey(app, { scopes: ['account:read'] });
    const customers = await makeKey(app, owner, ['account:read']);
    const answers = await Promise.all(
      [customers, `${customers.slice(0, -1)}x`, 'tny_live_nobody', owner.token].map((one) =>
        verify(one, bare.secret),
      ),
    );
    expect(answers.map(verdictOf)).toEqual(Array.from({ length: 4 }, () => '403 scope_missing'));
    expect(new Set(answers.map(sameBytes)).size).toBe(1);
  });
});

describe('an API key of an account', () => {
  it('is no service key, whatever scopes are stored with it', async () => {
    const secret = await makeKey(app, owner, ['account:read']);
    const scopes = JSON.stringify(['account:read', 'account:create', 'credential:verify']);
    await app.database.query('update api_key set scopes = $2 where account_id = $1', [
      owner.accountId,
      scopes,
    ]);
    app.api.authentication.accessCache.forget();
    expect(verdictOf(await verify(secret, secret))).toBe('403 scope_missing');
    const body = { name: 'Mine', externalId: newId() };
    expect(verdictOf(await app.rest('POST', '/v1/accounts', { bearer: secret, body }))).toBe(
      '403 scope_missing',
    );
    const headers = { 'tenantry-external-account': body.externalId };
    expect(verdictOf(await app.rest('GET', '/v1/account', { bearer: secret, headers }))).toBe(
      '400 invalid_input',
    );
  });

  it.each(['account:create', 'credential:verify'])('is not made with %s', async (scope) => {
    const body = { name: 'Wide', scopes: [scope] };
    const made = await app.rest('POST', '/v1/api-keys', { bearer: owner.token, body });
    expect(verdictOf(made)).toBe('400 invalid_input');
  });
});

describe('an external id', () => {
  it.each([
    'gid://app/Customer/1234',
    'customer#billing',
    'customer?plan=free&x=1',
    '..',
    '%2e%2e%2f',
    '"quoted",',
    "'; drop table account; --".replaceAll(' ', ''),
    'a,b',
    'null',
    '0',
    '__proto__',
    'x'.repeat(200),
  ])('is taken as it is: %s', async (text) => {
    const made = await create(text);
    expect(made.status).toBe(201);
    const found = await accountOf({ 'tenantry-external-account': text });
    expect(found.body).toMatchObject({ id: made.body.account.id, externalId: text });
    expect((await create(text)).status).toBe(200);
  });

  it('tells capital letters apart', async () => {
    const [small, capital] = [await create('case-one'), await create('Case-One')];
    expect([small.status, capital.status]).toEqual([201, 201]);
    expect(small.body.account.id).not.toBe(capital.body.account.id);
  });

  it('that is the id of another account names its own account, and never that one', async () => {
    const made = await create(owner.accountId);
    expect(made.status).toBe(201);
    const byExternal = await accountOf({ 'tenantry-external-account': owner.accountId });
    const byId = await accountOf({ 'tenantry-account': owner.accountId });
    expect([byExternal.body.id, byId.body.id]).toEqual([made.body.account.id, owner.accountId]);
  });
});

describe('a service key above its rate', () => {
  it('is throttled with the time to wait, which is no 401, and takes nothing from another key', async () => {
    const counting = await app.openAnother({ throttle: 'on' });
    try {
      const slow = await insertServiceKey(app, { callsPerMinute: 2 });
      const answers = [];
      for (let call = 0; call < 4; call += 1) answers.push(await creditsBy(counting, slow.secret));
      expect(answers.map(verdictOf)).toEqual(['ok', 'ok', '429 throttled', '429 throttled']);
      expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(verdictOf(await creditsBy(counting, key.secret))).toBe('ok');
    } finally {
      await counting.close();
    }
  });
});

describe('a service key that is revoked while it is used', () => {
  it('is never good again: not after its first refusal, and not in a process that starts afterwards', async () => {
    const staff = await signInStaff(app, 'platform_admin');
    const body = { name: 'Busy', scopes: ['credit:read'] };
    const made = (await app.admin.rest('POST', '/v1/service-keys', { bearer: staff, body })).body;
    let isDone = false;
    const caller = async (): Promise<string[]> => {
      const verdicts: string[] = [];
      while (!isDone) verdicts.push(verdictOf(await creditsBy(app, made.secret)));
      return verdicts;
    };
    const callers = Array.from({ length: 8 }, caller);
    await app.admin.rest('DELETE', `/v1/service-keys/${made.id}`, { bearer: staff });
    await expect
      .poll(async () => verdictOf(await creditsBy(app, made.secret)), { timeout: 5000 })
      .toBe('401 unauthenticated');
    // Reads of the database that began before the revocation have ended by now.
    for (let call = 0; call < 50; call += 1)
      expect(verdictOf(await creditsBy(app, made.secret))).toBe('401 unauthenticated');
    isDone = true;
    for (const verdicts of await Promise.all(callers)) {
      const first = verdicts.indexOf('401 unauthenticated');
      expect(first).toBeGreaterThanOrEqual(0);
      expect(verdicts.slice(first).every((verdict) => verdict === '401 unauthenticated')).toBe(true);
    }
    const restarted = await app.openAnother();
    expect(verdictOf(await creditsBy(restarted, made.secret))).toBe('401 unauthenticated');
    await restarted.close();
  });
});
