import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { openCallers } from '../../callers.ts';
import { type World, openWorld } from '../../fixture.ts';
import { enterState } from '../../gate-state.ts';
import { accountProcedures, callProcedure, transports, verdictOf } from '../../procedures.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { type GateCaller, gateStates, gateVerdict } from '../../truth.ts';
import { type Owner, makeKey, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let world: World;
let support: string;
beforeAll(async () => {
  app = await openTestApp();
  world = await openWorld(app, 'A world');
  support = await signInStaff(app, 'support');
});
afterAll(() => app.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const explain = (input: Record<string, unknown>, transport: (typeof transports)[number] = 'rest') =>
  callProcedure(app.admin, transport, {
    app: 'admin',
    name: 'account.explainRefusal',
    input,
    headers: bearer(support),
  });

/** Whose a credential is, as staff choose it. */
async function chosen(headers: Record<string, string>) {
  const { body } = await callProcedure(app, 'rest', { name: 'credential.get', headers });
  const isKey = body.kind === 'api_key' || body.kind === 'service_key';
  return { credentialKind: isKey ? body.kind : 'member', credentialId: isKey ? body.id : body.userId };
}
const keyIdOf = async (secret: string) => (await chosen(bearer(secret))).credentialId;

/** One procedure for each kind of terms that an aspect of them tells apart. */
const oneOfEach = (aspectOf: (terms: (typeof accountProcedures)[number]['terms']) => unknown) => [
  ...new Map(accountProcedures.map((one) => [JSON.stringify(aspectOf(one.terms)), one])).values(),
];
const byStanding = oneOfEach(({ standing }) => standing);
const byEverything = oneOfEach(({ scope, role, person, standing }) => [scope, role, person, standing]);

describe('the explanation of a refusal', () => {
  it('says of every cell of the truth table what the gate says, for every caller', async () => {
    const callers = (await openCallers(app, world)).flatMap(({ who, credential, headers }) =>
      who === 'nobody' || who === 'stranger' || credential === 'session' ? [] : [{ who, headers }],
    );
    const known: { who: GateCaller; ids: object }[] = [];
    for (const { who, headers } of callers) known.push({ who, ids: await chosen(headers) });
    const wrong: string[] = [];
    let cells = 0;
    for (const state of gateStates) {
      await enterState(app, world.owner.accountId, state);
      const asked = state.name === 'paid' ? byEverything : byStanding;
      await Promise.all(
        known.map(async ({ who, ids }) => {
          for (const { name, terms } of asked) {
            const input = { accountId: world.owner.accountId, ...ids, procedure: name };
            const { body } = await explain(input);
            const answer = body.passes === true ? undefined : `${body.status} ${body.code}`;
            const expected = gateVerdict(state, who, terms);
            cells += 1;
            if (answer !== expected) wrong.push(`${state.name}, ${who}, ${name}: ${answer}, not ${expected}`);
          }
        }),
      );
    }
    console.log(`explanations: ${cells} attempted / ${wrong.length} violated`);
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(500);
  }, 300_000);
});

describe.each(transports)('over %s, the explanation', (transport) => {
  const ask = async (owner: Owner, credentialKind: string, credentialId: string, more = {}) =>
    (
      await explain(
        { accountId: owner.accountId, credentialKind, credentialId, procedure: 'site.list', ...more },
        transport,
      )
    ).body;
  const factOf = ({ steps, step }: { steps: { step: string; fact: string }[]; step: string }) =>
    steps.find((one) => one.step === step)?.fact;

  it('names the fact that decided of each credential', async () => {
    const owner = await registerOwner(app);
    const secret = await makeKey(app, owner, ['account:read'], { allowedAddresses: ['192.0.2.0/24'] });
    const listed = await app.admin.rest('GET', `/v1/accounts/${owner.accountId}/api-keys`, {
      bearer: support,
    });
    const keyId = listed.body.items[0].id;
    const key = await ask(owner, 'api_key', keyId);
    expect(key).toMatchObject({ passes: false, step: 'validate_plan', code: 'scope_missing', status: 403 });
    expect(factOf(key)).toBe('The key lacks the scope site:read. It holds: account:read.');
    const elsewhere = await ask(owner, 'api_key', keyId, { address: '198.51.100.7' });
    expect(elsewhere).toMatchObject({ step: 'authenticate', code: 'unauthenticated' });
    expect(factOf(elsewhere)).toContain('192.0.2.0/24');
    expect(elsewhere.steps.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      'refuses',
      'not_reached',
      'not_reached',
      'not_reached',
    ]);
    const revoke = { accountId: owner.accountId, keyId, reason: 'It is in a public file.' };
    const headers = bearer(support);
    await callProcedure(app.admin, transport, {
      app: 'admin',
      name: 'apiKey.revoke',
      input: revoke,
      headers,
    });
    expect(factOf(await ask(owner, 'api_key', keyId))).toMatch(
      /^The key was revoked at \S+Z by staff:\S+: It is in a public file\.$/,
    );
    expect(verdictOf(await app.rest('GET', '/v1/account', { bearer: secret }))).toBe('401 unauthenticated');

    const person = await ask(owner, 'member', owner.userId);
    expect(person).toMatchObject({ passes: true, step: null, code: null, status: null });
    await app.rest('DELETE', '/v1/sessions', { bearer: owner.token });
    const signedOut = await ask(owner, 'member', owner.userId);
    expect(factOf(signedOut)).toMatch(/^The newest session of the member was revoked at \S+Z\.$/);
    const stranger = await registerOwner(app);
    const foreign = await ask(owner, 'member', stranger.userId);
    expect(foreign).toMatchObject({ step: 'resolve_account', code: 'not_found' });
    expect(factOf(foreign)).toBe('The person is not a member of the account.');
  });

  it('tells of service keys, of procedures without an account, and of what a test key may not know', async () => {
    const owner = await registerOwner(app);
    const live = await keyIdOf((await insertServiceKey(app)).secret);
    expect(await ask(owner, 'service_key', live)).toMatchObject({ passes: true });
    expect(await ask(owner, 'service_key', live, { procedure: 'member.update' })).toMatchObject({
      code: 'scope_missing',
    });
    expect(await ask(owner, 'service_key', live, { procedure: 'me.get' })).toMatchObject({
      step: 'authenticate',
      code: 'scope_missing',
    });
    expect(await ask(owner, 'member', owner.userId, { procedure: 'credential.verify' })).toMatchObject({
      step: 'authenticate',
      code: 'role_forbids',
    });
    expect(await ask(owner, 'member', owner.userId, { procedure: 'plan.list' })).toMatchObject({
      passes: true,
    });
  });

  it('names no key of another account, and no procedure that is not there', async () => {
    const [owner, other] = [await registerOwner(app), await registerOwner(app)];
    await makeKey(app, other, ['account:read']);
    const listed = await app.admin.rest('GET', `/v1/accounts/${other.accountId}/api-keys`, {
      bearer: support,
    });
    const input = { accountId: owner.accountId, credentialKind: 'api_key', procedure: 'site.list' };
    const foreign = { ...input, credentialId: listed.body.items[0].id };
    expect(verdictOf(await explain(foreign, transport))).toBe('404 not_found');
    const unknown = { ...foreign, procedure: 'site.explode' };
    expect(verdictOf(await explain(unknown, transport))).toBe('400 invalid_input');
    const headers = bearer(other.token);
    const asTenant = { app: 'admin', name: 'account.explainRefusal', input: foreign, headers } as const;
    expect(verdictOf(await callProcedure(app.admin, transport, asTenant))).toBe('401 unauthenticated');
  });
});

describe('the throttle in an explanation', () => {
  it('says what is left where processes count together, takes nothing, and says so where they do not', async () => {
    const counting = await openTestApp({ throttle: 'on', throttleStore: 'postgres' });
    try {
      const owner = await registerOwner(counting);
      const staff = await signInStaff(counting, 'support');
      const ask = async () =>
        (
          await counting.admin.rest(
            'GET',
            `/v1/accounts/${owner.accountId}/explain-refusal?credentialKind=member&credentialId=${owner.userId}&procedure=site.list`,
            { bearer: staff },
          )
        ).body;
      const first = await ask();
      expect(first).toMatchObject({ passes: true });
      expect((await ask()).steps[3].fact.split(',')[0]).toBe(first.steps[3].fact.split(',')[0]);
      let last = 200;
      for (let calls = 0; last === 200 && calls < 1000; calls += 1)
        last = (await counting.rest('GET', '/v1/sites', { bearer: owner.token })).status;
      expect(last).toBe(429);
      const full = await ask();
      expect(full).toMatchObject({ passes: false, step: 'throttle', code: 'throttled', status: 429 });
      expect(full.steps[3].fact).toMatch(
        /^The bucket content_read of the account: 0 of \d+ calls a minute are left/,
      );
    } finally {
      await counting.close();
    }
    const owner = await registerOwner(app);
    const { body } = await explain({
      accountId: owner.accountId,
      credentialKind: 'member',
      credentialId: owner.userId,
      procedure: 'site.list',
    });
    expect(body.steps[3]).toMatchObject({ step: 'throttle', verdict: 'unknown', code: null });
  });
});
