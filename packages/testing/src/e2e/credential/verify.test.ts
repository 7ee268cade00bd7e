import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { unthrottle } from '../../plan.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { insertServiceKey, nameExternally } from '../../service-keys.ts';
import { type Owner, makeKey, registerOwner, signInCookie, signInStaff } from '../../users.ts';

let app: TestApp;
let owner: Owner;
let key: string;
let service: string;
beforeAll(async () => {
  app = await openTestApp({ throttle: 'on' });
  owner = await registerOwner(app);
  await nameExternally(app, owner.accountId, 'customer-1');
  await app.database.query(
    `update plan set features = features || '["exports"]', own_limits = '{"projects": 7}' where slug = 'unthrottled'`,
  );
  await unthrottle(app, owner.accountId);
  key = await makeKey(app, owner, ['operation:run', 'credit:spend', 'credit:read']);
  service = (await insertServiceKey(app, { scopes: ['credential:verify'] })).secret;
});
afterAll(() => app.close());

const verify = (input: Record<string, unknown>, more: Record<string, string> = {}) =>
  app.rest('POST', '/v1/credentials/verify', {
    body: { credential: key, ...input },
    headers: { authorization: `Bearer ${service}`, ...more },
  });
const answerTo = async (input: Record<string, unknown>) => (await verify(input)).body;
const creditsOf = async (token: string) => (await app.rest('GET', '/v1/credits', { bearer: token })).body;

describe('a verified credential', () => {
  it('is answered with its account, its holder, plan, standing and throttle, over both transports', async () => {
    const expected = {
      valid: true,
      account: { id: owner.accountId, externalId: 'customer-1' },
      actor: {
        kind: 'api_key',
        role: null,
        scopes: ['operation:run', 'credit:spend', 'credit:read'],
        sites: null,
      },
      plan: {
        slug: 'unthrottled',
        features: expect.arrayContaining(['operations', 'exports']),
        limits: expect.objectContaining({ projects: 7, users: expect.any(Number) }),
      },
      standing: { state: 'good' },
      throttle: { scope: 'default', limit: expect.any(Number), remaining: expect.any(Number) },
      hold: null,
    };
    for (const transport of transports) {
      const headers = { authorization: `Bearer ${service}` };
      const call = { name: 'credential.verify', input: { credential: key, feature: 'exports' }, headers };
      const answer = await callProcedure(app, transport, call);
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject(expected);
    }
    expect(await answerTo({ credential: owner.token, role: 'owner' })).toMatchObject({
      valid: true,
      actor: { kind: 'access_token', userId: owner.userId, role: 'owner', scopes: null },
    });
  });

  it('is answered with the id of the request, as the header has it, whatever the verdict', async () => {
    for (const input of [{}, { credential: 'x' }, { hold: { amount: 1 } }, { limit: 'projects', used: 7 }]) {
      const { headers, body } = await verify(input);
      expect(body.requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(body.requestId).toBe(headers.get('x-request-id'));
    }
  });

  it('holds credits in the name of its holder, and the holder can settle them', async () => {
    const before = await creditsOf(key);
    const { valid, hold } = await answerTo({ scope: 'operation:run', hold: { amount: 5, ttlSeconds: 60 } });
    expect(valid).toBe(true);
    expect(hold).toMatchObject({ amount: 5, status: 'open' });
    expect((await creditsOf(key)).held).toBe(before.held + 5);
    const entries = await app.rest('GET', '/v1/credits/entries?limit=1', { bearer: key });
    const me = await app.rest('GET', '/v1/credential', { bearer: key });
    expect(entries.body.items[0]).toMatchObject({ holdId: hold.id, actor: `api_key:${me.body.id}` });
    const settled = await app.rest('POST', `/v1/credits/holds/${hold.id}/settle`, {
      body: { amount: 3 },
      bearer: key,
    });
    expect(settled.body).toMatchObject({ status: 'settled', settledAmount: 3 });
  });

  it('is refused by an own limit with the figures, and let through below it', async () => {
    expect(await answerTo({ limit: 'projects', used: 6 })).toMatchObject({ valid: true });
    for (const [limit, used, max] of [
      ['projects', 7, 7],
      ['boards', 0, 0],
    ] as const)
      expect(await answerTo({ limit, used })).toMatchObject({
        valid: false,
        status: 402,
        code: 'plan_limit_reached',
        limit: max,
        used,
      });
  });

  it('holds nothing where anything refuses it', async () => {
    const before = await creditsOf(key);
    const hold = { amount: 5 };
    for (const refused of [
      { limit: 'projects', used: 7, hold },
      { feature: 'nothing-of-ours', hold },
      { scope: 'site:write', hold },
      { person: true, hold },
      { credential: `${key}x`, hold },
    ])
      expect(await answerTo(refused)).toMatchObject({ valid: false });
    expect(await creditsOf(key)).toEqual(before);
  });

  it('gets the refusals of a hold as a direct call gets them, with the figures', async () => {
    const bare = await makeKey(app, owner, ['site:read']);
    const site = await app.rest('POST', '/v1/sites', { body: { name: 'Blog' }, bearer: owner.token });
    const sited = await makeKey(app, owner, ['credit:spend'], { siteId: site.body.id });
    const capped = await makeKey(app, owner, ['credit:spend'], { creditsPerDayMax: 3 });
    const cases: [string, object][] = [
      [key, { amount: 9_000_000_000 }],
      [key, { operation: 'no_such_operation', units: 1 }],
      [key, { amount: 1, siteId: '0198f000-0000-7000-8000-00000000ffff' }],
      [bare, { amount: 1 }],
      [sited, { amount: 1 }],
      [sited, { amount: 1, siteId: site.body.id }],
      [capped, { amount: 4 }],
    ];
    for (const [credential, hold] of cases) {
      const direct = await app.rest('POST', '/v1/credits/holds', { body: hold, bearer: credential });
      const { valid, ...answer } = await answerTo({ credential, hold });
      expect(valid, JSON.stringify(hold)).toBe(direct.status === 201);
      if (valid) continue;
      const { type: _type, title: _title, requestId: _id, errors: _errors, ...refusal } = direct.body;
      const { errors: _own, requestId: _ownId, ...shown } = answer;
      expect(shown).toEqual(refusal);
    }
  });

  it('is held for once under an Idempotency-Key, and its key is of this account and this input', async () => {
    const before = await creditsOf(key);
    const once = { 'idempotency-key': 'one-run' };
    const input = { hold: { amount: 4 } };
    const [first, again] = [await verify(input, once), await verify(input, once)];
    expect(again.body.hold).toEqual(first.body.hold);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await creditsOf(key)).held).toBe(before.held + 4);
    expect(verdictOf(await verify({ hold: { amount: 5 } }, once))).toBe('422 idempotency_mismatch');
    const other = await registerOwner(app);
    const theirs = await verify({ ...input, credential: other.token }, once);
    expect(theirs.body).toMatchObject({ valid: true, account: { id: other.accountId } });
    expect(theirs.body.hold.id).not.toBe(first.body.hold.id);
    expect(verdictOf(await verify({}, { 'idempotency-key': 'two words' }))).toBe('400 invalid_input');
    const [row] = await app.database.query(
      "select count(*)::int as leaks from idempotency_record where to_jsonb(idempotency_record)::text like '%tny_%'",
    );
    expect(row).toEqual({ leaks: 0 });
  });
});

describe('what is no credential of a customer', () => {
  it('is answered 200 with valid: false, or 400, whatever it is', async () => {
    const { cookie = '' } = await signInCookie(app, owner);
    const staff = await signInStaff(app, 'platform_admin');
    const texts = [
      '',
      'x',
      ' ',
      '\0',
      '\ud800',
      'é'.repeat(100),
      `Bearer ${key}`,
      `${key}\r\nX-A: b`,
      `${key},${key}`,
      'x'.repeat(8192),
      'tny_live_',
      `${key.slice(0, -1)}!`,
      'a.b.c',
      `${owner.token}x`,
      cookie.replace(/^[^=]*=/, ''),
      staff,
      service,
    ];
    for (const credential of texts) {
      const answer = await verify({ credential, hold: { amount: 1 } });
      expect(answer.status, credential).toBe(200);
      expect(answer.body).toMatchObject({ valid: false, status: 401, code: 'unauthenticated' });
      // A guess learns nothing.
      expect(Object.keys(answer.body).toSorted()).toEqual(['code', 'detail', 'requestId', 'status', 'valid']);
    }
    for (const input of [
      { credential: 'x'.repeat(100_000) },
      { credential: 7 },
      { credential: null },
      { credential: [key] },
      { credential: { toString: key } },
      { scope: 'account:create' },
      { scope: 'everything' },
      { throttle: { scope: 'default', cost: 0 } },
      { throttle: { scope: 'default', cost: -5 } },
      { limit: 'projects' },
      { used: 7 },
      { limit: 'projects', used: -1 },
      { limit: '__proto__', used: 0 },
      { address: 'localhost' },
      { account: 'customer-1' },
      { hold: {} },
      { hold: { amount: 1, units: 2 } },
      { hold: { amount: 1.5 } },
      { unknownKey: 1 },
    ])
      expect(verdictOf(await verify(input)), JSON.stringify(input).slice(0, 80)).toBe('400 invalid_input');
  });

  it('is told why where its holder has proven to hold it', async () => {
    const revoked = await makeKey(app, owner, ['credit:read']);
    const listed = await app.rest('GET', '/v1/api-keys', { bearer: owner.token });
    await app.rest('DELETE', `/v1/api-keys/${listed.body.items[0].id}`, { bearer: owner.token });
    app.api.authentication.accessCache.forget();
    expect(await answerTo({ credential: revoked })).toMatchObject({
      valid: false,
      status: 401,
      credential: { kind: 'api_key', fault: 'revoked' },
    });
  });
});

describe('who may verify', () => {
  it('is a service key with the scope, and nobody else', async () => {
    const without = await insertServiceKey(app, { scopes: ['account:create', 'credit:spend'] });
    const as = (token: string) => verify({ hold: { amount: 1 } }, { authorization: `Bearer ${token}` });
    expect(verdictOf(await as(without.secret))).toBe('403 scope_missing');
    expect(verdictOf(await as(key))).toBe('403 scope_missing');
    expect(verdictOf(await as(owner.token))).toBe('403 role_forbids');
    expect(verdictOf(await as(await signInStaff(app, 'platform_admin')))).toBe('401 unauthenticated');
    expect(verdictOf(await as(`${service}x`))).toBe('401 unauthenticated');
  });

  it('sees customers of sandbox accounts alone with a test key', async () => {
    const test = await insertServiceKey(app, { mode: 'test' });
    const as = { authorization: `Bearer ${test.secret}` };
    const [hidden, guess] = [await verify({}, as), await verify({ credential: `${key}x` }, as)];
    expect({ ...hidden.body, requestId: '' }).toEqual({ ...guess.body, requestId: '' });
    const sandbox = await registerOwner(app);
    await app.database.query('update account set sandbox = true where id = $1', [sandbox.accountId]);
    app.api.authentication.accessCache.forget();
    expect((await verify({ credential: sandbox.token }, as)).body).toMatchObject({ valid: true });
  });

  it('is counted by the rate of the service key, and the customer by that of their plan', async () => {
    const slow = (await insertServiceKey(app, { callsPerMinute: 3 })).secret;
    const as = { authorization: `Bearer ${slow}` };
    const answers = [await verify({}, as), await verify({}, as), await verify({}, as), await verify({}, as)];
    expect(answers.map(verdictOf)).toEqual(['ok', 'ok', 'ok', '429 throttled']);
    const trial = await registerOwner(app);
    const verdicts: unknown[] = [];
    for (let index = 0; index < 11; index += 1) {
      const input = { credential: trial.token, throttle: { scope: 'ai_function' } };
      const { valid, throttle, code } = await answerTo(input);
      verdicts.push(valid ? throttle.remaining : code);
    }
    expect(verdicts).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 'throttled']);
    expect(await answerTo({ credential: trial.token, throttle: { scope: 'ai_function' } })).toMatchObject({
      valid: false,
      status: 429,
      retryAfterSeconds: expect.any(Number),
    });
    const run = { prompt: 'One line.', maxOutputTokens: 20 };
    const path = '/v1/operations/write_content/runs';
    expect(verdictOf(await app.rest('POST', path, { body: run, bearer: trial.token }))).toBe('429 throttled');
  });
});
