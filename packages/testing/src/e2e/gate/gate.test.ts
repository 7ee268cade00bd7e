import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorldCaller, openCallers } from '../../callers.ts';
import { contentOf } from '../../failpoint.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { enterState } from '../../gate-state.ts';
import { endMemberships } from '../../memberships.ts';
import { makeKey, registerOwner, signInCookie, signInStaff } from '../../users.ts';
import { accountProcedures, callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type GateCaller, type GateState, gateCallers, gateStates, gateVerdict } from '../../truth.ts';
import { type World, openWorld, samples } from '../../fixture.ts';

let app: TestApp;
let world: World;
let callers: (WorldCaller & { who: GateCaller })[];
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

beforeAll(async () => {
  app = await openTestApp();
  world = await openWorld(app, 'A world');
  callers = (await openCallers(app, world)).flatMap((caller) =>
    caller.who === 'nobody' || caller.who === 'stranger' ? [] : [{ ...caller, who: caller.who }],
  );
});
afterAll(() => app.close());

const enter = (state: GateState) => enterState(app, world.owner.accountId, state);

describe('the gate', () => {
  it('answers every cell of the truth table alike for every credential over both transports (F1, F12)', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const state of gateStates) {
      await enter(state);
      for (const { who, credential, headers } of callers)
        for (const { name, terms } of accountProcedures)
          for (const transport of transports) {
            // No procedure has this field, so a call that the gate admits is refused for its input and does nothing.
            const input = { ...samples[name]?.(world), unknownKey: 'x' };
            const answer = verdictOf(await callProcedure(app, transport, { name, input, headers }));
            const expected = gateVerdict(state, who, terms) ?? '400 invalid_input';
            cells += 1;
            if (answer !== expected)
              wrong.push(
                `${state.name}, ${who} by ${credential}, ${transport} ${name}: ${answer}, not ${expected}`,
              );
          }
    }
    console.log(`truth table: ${cells} attempted / ${wrong.length} violated`);
    expect(wrong).toEqual([]);
    expect(cells).toBe(gateStates.length * callers.length * accountProcedures.length * transports.length);
    expect(new Set(callers.map(({ who }) => who))).toEqual(new Set(gateCallers));
  }, 420_000);

  it('treats a credential of staff as none, in every state, for every procedure', async () => {
    const headers = bearer(await signInStaff(app, 'platform_admin'));
    for (const state of gateStates) {
      await enter(state);
      for (const { name } of accountProcedures)
        for (const transport of transports)
          expect(verdictOf(await callProcedure(app, transport, { name, headers })), name).toBe(
            '401 unauthenticated',
          );
    }
  }, 60_000);

  it('does nothing when it refuses: no row changes and the provider is not called (F2)', async () => {
    const asked = app.provider.requestCount();
    for (const state of gateStates.filter(({ refusal }) => refusal !== undefined)) {
      await enter(state);
      const before = await contentOf(app.database);
      for (const { name, terms } of accountProcedures)
        for (const { who, headers } of callers) {
          if (gateVerdict(state, who, terms) === undefined) continue;
          const input = samples[name]?.(world) ?? {};
          const answer = await callProcedure(app, 'rest', { name, input, headers });
          expect(answer.status, `${state.name} ${who} ${name}`).toBeGreaterThanOrEqual(402);
        }
      expect(await contentOf(app.database), state.name).toEqual(before);
    }
    expect(app.provider.requestCount()).toBe(asked);
  }, 120_000);

  it('gives no power by name: an account called like a system account has no power', async () => {
    for (const accountName of ['aws-admin', 'default-account', 'default', 'system', 'admin']) {
      const owner = await registerOwner(app, { accountName });
      await app.database.query("update account set status = 'suspended' where id = $1", [owner.accountId]);
      app.api.authentication.accessCache.forget();
      const answer = await app.rest('GET', '/v1/credits', { bearer: owner.token });
      expect(verdictOf(answer)).toBe('403 account_suspended');
    }
    const [row] = await app.database.query('select count(*)::int as systems from account where system');
    expect(row).toEqual({ systems: 0 });
  });
});

describe('an invalid credential', () => {
  it('is refused with 401, and the log names the reason without its text', async () => {
    await enter(gateStates[0] ?? fail());
    const staff = await signInStaff(app, 'finance');
    const { token } = world.owner;
    const [head, payload, signature] = token.split('.');
    const strange: [string, Record<string, string>][] = [
      ['nothing', {}],
      ['an empty bearer', { authorization: 'Bearer ' }],
      ['another scheme', { authorization: `Basic ${token}` }],
      ['a cut token', bearer(token.slice(0, -2))],
      ['a token without signature', bearer(`${head}.${payload}.`)],
      ['an edited token', bearer(`${head}.${payload?.slice(0, -2)}AA.${signature}`)],
      ['a staff token', bearer(staff)],
      [
        'a key with a wrong checksum',
        bearer(`${world.key.slice(0, -1)}${world.key.endsWith('0') ? '1' : '0'}`),
      ],
      ['a key that does not exist', bearer('tny_live_000000000000_000000000000000000000000000000000RVnqs')],
      ['a long key', bearer(`tny_live_${'x'.repeat(8000)}`)],
      ['a key in its own header', { 'x-api-key': world.key }],
      ['two credentials', { ...bearer(token), 'x-api-key': world.key }],
      ['an unknown cookie', { cookie: 'tenantry=abc' }],
      ['two cookies', { cookie: 'tenantry=abc; tenantry=def' }],
    ];
    const before = app.logs.length;
    for (const [what, headers] of strange)
      for (const transport of transports) {
        const answer = await callProcedure(app, transport, { name: 'credit.get', headers });
        expect(verdictOf(answer), what).toBe('401 unauthenticated');
        expect(answer.headers.get('www-authenticate'), what).toBe('Bearer');
      }
    const inQuery = await app.rest('GET', `/v1/credits?api_key=${world.key}`);
    expect(verdictOf(inQuery)).toBe('401 unauthenticated');
    const written = app.logs.slice(before);
    const warned = written.filter((line) => line['level'] === 40 && typeof line['reason'] === 'string');
    expect(warned.length).toBeGreaterThanOrEqual(strange.length * 2 - 2);
    expect(warned.every((line) => typeof line['requestId'] === 'string')).toBe(true);
    for (const secret of [token, world.key, staff, signature ?? token])
      expect(JSON.stringify(written)).not.toContain(secret);
  });

  it('is a key or a session that was ended, within the bound of the cache (F4)', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:read']);
    const read = (token: string) => app.rest('GET', '/v1/credits', { bearer: token });
    expect((await read(key)).status).toBe(200);
    const listed = await app.rest('GET', '/v1/api-keys', { bearer: owner.token });
    const path = `/v1/api-keys/${listed.body.items[0].id}`;
    expect((await app.rest('DELETE', path, { bearer: owner.token })).status).toBe(204);
    app.api.authentication.accessCache.forget();
    expect(verdictOf(await read(key))).toBe('401 unauthenticated');
    expect((await app.rest('DELETE', '/v1/sessions/current', { bearer: owner.token })).status).toBe(204);
    expect(verdictOf(await read(owner.token))).toBe('401 unauthenticated');
  });

  it('is a session of a member who was removed from the account (G5)', async () => {
    const owner = await registerOwner(app);
    await endMemberships(app.database, owner.accountId);
    app.api.authentication.accessCache.forget();
    const read = await app.rest('GET', '/v1/credits', { bearer: owner.token });
    expect(verdictOf(read)).toBe('404 not_found');
    expect((await app.rest('GET', '/v1/me', { bearer: owner.token })).status).toBe(200);
  });

  it('is a browser’s cookie from another origin, on a mutation', async () => {
    const owner = await registerOwner(app);
    const { cookie = '' } = await signInCookie(app, owner);
    const create = (headers: Record<string, string>) =>
      app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, headers: { cookie, ...headers } });
    expect(verdictOf(await create({ origin: 'https://evil.example' }))).toBe('403 origin_refused');
    expect(verdictOf(await create({}))).toBe('403 origin_refused');
    expect(verdictOf(await create({ origin: 'http://127.0.0.1' }))).toBe('ok');
    expect(verdictOf(await app.rest('GET', '/v1/credits', { headers: { cookie } }))).toBe('ok');
  });
});

function fail(): never {
  throw new Error('there are no states');
}
