import { keyScopes, scopes } from '@tenantry/domain/permissions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type WorldCaller, openCallers } from '../../callers.ts';
import { type World, openWorld } from '../../fixture.ts';
import { enterState } from '../../gate-state.ts';
import { addMembership } from '../../memberships.ts';
import { verdictOf } from '../../procedures.ts';
import { type GateCaller, gateStates, gateVerdict } from '../../truth.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { makeKey, registerOwner, signInCookie, signInStaff } from '../../users.ts';

let app: TestApp;
let world: World;
let callers: (WorldCaller & { who: GateCaller })[];
beforeAll(async () => {
  app = await openTestApp();
  world = await openWorld(app, 'A world');
  callers = (await openCallers(app, world)).flatMap((caller) =>
    caller.who === 'nobody' || caller.who === 'stranger' || caller.credential === 'session'
      ? []
      : [{ ...caller, who: caller.who }],
  );
});
afterAll(() => app.close());

/** Asks as a proxy does. */
const ask = (query: string, headers: Record<string, string> = {}, method = 'GET') =>
  app.rest(method, `/forward-auth${query}`, { headers });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('the question of a proxy', () => {
  it('gets the verdict of the gate in every cell of the truth table', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const state of gateStates) {
      await enterState(app, world.owner.accountId, state);
      for (const { who, credential, headers } of callers)
        for (const scope of scopes) {
          const answer = await ask(`?scope=${scope}`, headers);
          // A service key is the operator's; behind a proxy it is no customer.
          const expected =
            credential === 'service' ? '401 unauthenticated' : gateVerdict(state, who, { scope });
          cells += 1;
          if (verdictOf(answer) !== (expected ?? 'ok'))
            wrong.push(`${state.name}, ${who}, ${scope}: ${verdictOf(answer)}, not ${expected}`);
          if (expected !== undefined && answer.headers.get('tenantry-status') !== expected.split(' ')[0])
            wrong.push(`${state.name}, ${who}, ${scope}: no status in the header`);
        }
    }
    console.log(`forward-auth: ${cells} attempted / ${wrong.length} violated`);
    expect(wrong).toEqual([]);
    expect(cells).toBe(gateStates.length * callers.length * scopes.length);
  }, 60_000);

  it('is described with its parameters, and with every status and header that it answers', async () => {
    const { body } = await app.rest('GET', '/openapi.json');
    const { servers, parameters, responses } = body.paths['/forward-auth'].get;
    expect(servers).toEqual([{ url: expect.not.stringContaining('/v1') }]);
    const names = parameters.map(({ name, $ref }: { name?: string; $ref?: string }) => name ?? $ref);
    expect(names).toEqual([
      'scope',
      'role',
      'feature',
      'throttle',
      'cost',
      'reach',
      'deny',
      '#/components/parameters/Tenantry-Account',
    ]);
    const as = bearer((await registerOwner(app)).token);
    const asked = [
      await ask('', as),
      await ask(''),
      await ask('?cost=0', as),
      await ask('?feature=reports', as),
      await ask('?scope=platform:metrics', as),
      await ask('', { ...as, 'tenantry-account': world.owner.accountId }),
    ];
    expect(asked.map(verdictOf)).toEqual([
      'ok',
      '401 unauthenticated',
      '400 invalid_input',
      '402 plan_lacks_feature',
      '403 role_forbids',
      '404 not_found',
    ]);
    for (const { status, headers, body: problem } of asked) {
      const documented = responses[status];
      if (status !== 200) expect(documented.description).toContain(`\`${problem.code}\``);
      const known = Object.keys(documented.headers).map((name) => name.toLowerCase());
      const own = [...headers.keys()].filter((name) =>
        /^(?:tenantry-|ratelimit|retry-after|www-)/.test(name),
      );
      expect(known).toEqual(expect.arrayContaining(own));
      for (const name of known.filter((one) => one.startsWith('tenantry-'))) expect(own).toContain(name);
    }
  });

  it('is answered with who calls, and every header is there for every caller', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['operation:run', 'site:read']);
    const ofKey = await ask('?scope=operation:run', bearer(key));
    expect(ofKey.status).toBe(200);
    const namesOf = ({ headers }: { headers: Headers }) =>
      [...headers.keys()].filter((name) => name.startsWith('tenantry-'));
    expect(Object.fromEntries(namesOf(ofKey).map((name) => [name, ofKey.headers.get(name)]))).toEqual({
      'tenantry-account': owner.accountId,
      'tenantry-actor': expect.stringMatching(/^api_key:/),
      'tenantry-plan': 'trial',
      'tenantry-role': 'none',
      'tenantry-scopes': 'operation:run site:read',
      'tenantry-sites': 'all',
    });
    const ofOwner = await ask('', bearer(owner.token));
    expect(namesOf(ofOwner)).toEqual(namesOf(ofKey));
    expect(ofOwner.headers.get('tenantry-role')).toBe('owner');
    expect(ofOwner.headers.get('tenantry-scopes')?.split(' ')).toEqual(
      expect.arrayContaining([...keyScopes]),
    );
  });

  it('says which sites a key is limited to, and refuses it where the whole account is concerned', async () => {
    const owner = await registerOwner(app);
    const site = await app.rest('POST', '/v1/sites', { body: { name: 'Blog' }, bearer: owner.token });
    const key = await makeKey(app, owner, ['site:read'], { siteId: site.body.id });
    expect((await ask('', bearer(key))).headers.get('tenantry-sites')).toBe(site.body.id);
    expect(verdictOf(await ask('?reach=account', bearer(key)))).toBe('403 site_forbidden');
  });

  it('asks for a feature and a role', async () => {
    const owner = await registerOwner(app);
    const viewer = await registerOwner(app);
    await addMembership(app.database, { accountId: owner.accountId, userId: viewer.userId, role: 'viewer' });
    expect(verdictOf(await ask('?feature=operations', bearer(owner.token)))).toBe('ok');
    expect(verdictOf(await ask('?feature=reports', bearer(owner.token)))).toBe('402 plan_lacks_feature');
    const inAccount = { ...bearer(viewer.token), 'tenantry-account': owner.accountId };
    expect(verdictOf(await ask('?role=viewer', inAccount))).toBe('ok');
    expect(verdictOf(await ask('?role=editor', inAccount))).toBe('403 role_forbids');
  });

  it('is counted at the rate of the plan that it names, at the cost that it names', async () => {
    const throttled = await app.openAnother({ throttle: 'on' });
    try {
      const owner = await registerOwner(app);
      const headers = bearer(owner.token);
      const first = await throttled.rest('GET', '/forward-auth?throttle=ai_function&cost=9', { headers });
      expect(first.status).toBe(200);
      expect(first.headers.get('ratelimit')).toMatch(/^"ai_function";r=1;t=/);
      const second = await throttled.rest('GET', '/forward-auth?throttle=ai_function&cost=2', { headers });
      expect(verdictOf(second)).toBe('429 throttled');
      expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
      const hidden = await throttled.rest('GET', '/forward-auth?throttle=ai_function&cost=2&deny=403', {
        headers,
      });
      expect([hidden.status, hidden.headers.get('tenantry-status')]).toEqual([403, '429']);
    } finally {
      await throttled.close();
    }
  });

  it('hides every status but 401 from a proxy that passes on no other', async () => {
    const owner = await registerOwner(app);
    const hidden = await ask('?feature=reports&deny=403', bearer(owner.token));
    expect(hidden.status).toBe(403);
    expect(hidden.headers.get('tenantry-status')).toBe('402');
    expect(hidden.headers.get('tenantry-code')).toBe('plan_lacks_feature');
    expect(hidden.body).toMatchObject({ status: 402, code: 'plan_lacks_feature' });
    expect((await ask('?deny=403')).status).toBe(401);
  });

  it('reads no cookie: a page of others cannot use the session of a browser behind a proxy', async () => {
    const owner = await registerOwner(app);
    const { cookie = '' } = await signInCookie(app, owner);
    for (const origin of ['http://127.0.0.1', 'https://evil.example']) {
      const answer = await ask('', { cookie, origin });
      expect(verdictOf(answer)).toBe('401 unauthenticated');
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('is refused without one valid credential, in its place', async () => {
    const owner = await registerOwner(app);
    const staff = await signInStaff(app, 'platform_admin');
    const key = await makeKey(app, owner, ['site:read']);
    for (const headers of [
      {},
      bearer('x'),
      bearer('x'.repeat(7000)),
      bearer(staff),
      bearer(`${owner.token}, Bearer ${key}`),
      { 'x-api-key': key },
      { ...bearer(owner.token), 'x-api-key': key },
    ]) {
      const answer = await ask('', headers);
      expect(verdictOf(answer)).toBe('401 unauthenticated');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.headers.get('tenantry-account')).toBeNull();
    }
    expect(verdictOf(await ask(`?api_key=${key}`, bearer(owner.token)))).toBe('400 invalid_input');
  });

  it.each([
    '?scope=everything',
    '?scope=site:read&scope=site:write',
    '?scope=',
    '?throttle=none',
    '?cost=0',
    '?cost=1.5',
    '?cost=0x10',
    '?cost=-1',
    '?cost=10000',
    '?deny=200',
    '?hold=5',
    '?role=staff',
    `?feature=${'x'.repeat(101)}`,
  ])(
    'is refused with terms that do not parse, so that a wrong configuration lets nobody through: %s',
    async (query) => {
      const answer = await ask(query, bearer(world.owner.token));
      expect(verdictOf(answer)).toBe('400 invalid_input');
      expect(answer.body.errors.length).toBeGreaterThan(0);
    },
  );

  it('is asked with GET alone', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await ask('', bearer(world.owner.token), method);
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
  });

  it('is refused for a service key, which is no customer of the product', async () => {
    const owner = await registerOwner(app);
    const { secret } = await insertServiceKey(app);
    for (const headers of [{}, { 'tenantry-account': owner.accountId }])
      expect(verdictOf(await ask('', { ...bearer(secret), ...headers }))).toBe('401 unauthenticated');
  });

  it('names another account than the caller’s in vain', async () => {
    const stranger = await registerOwner(app);
    const foreign = { ...bearer(stranger.token), 'tenantry-account': world.owner.accountId };
    expect(verdictOf(await ask('', foreign))).toBe('404 not_found');
  });
});
