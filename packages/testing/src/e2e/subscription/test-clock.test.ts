import { subscription } from '@tenantry/contract/subscription';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { addMembership } from '../../memberships.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { registerSandbox } from '../../sandbox.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const day = 86_400;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const move = (token: string, input: Record<string, unknown>, more: Record<string, string> = {}) =>
  callProcedure(app, 'rest', { name: 'testClock.move', input, headers: { ...bearer(token), ...more } });
const advance = (owner: Owner, days: number) => move(owner.token, { advanceSeconds: days * day });

describe('the clock of a sandbox account', () => {
  it.each(transports)('moves by %s, and everything of the account follows (J64)', async (transport) => {
    const owner = await registerSandbox(app);
    const call = (name: string, input: Record<string, unknown> = {}) =>
      callProcedure(app, transport, { name, input, headers: bearer(owner.token) });
    const hold = await call('credit.hold', { amount: 10, ttlSeconds: day });
    const moved = await call('testClock.move', { advanceSeconds: 2 * day });
    expect(verdictOf(moved)).toBe('ok');
    expect(moved.body.aheadSeconds).toBe(2 * day);
    expect((await call('credit.getHold', { holdId: hold.body.id })).body.status).toBe('expired');
    expect((await call('credit.get')).body).toMatchObject({ held: 0, available: 1000 });
    const at = new Date(Date.now() + 20 * day * 1000).toISOString();
    expect((await call('testClock.move', { at })).body.now).toBe(at);
    expect((await call('subscription.get')).body.standing).toMatchObject({ code: 'trial_expired' });
    expect(verdictOf(await call('site.create', { name: 'Late' }))).toBe('402 trial_expired');
    expect((await call('credit.get')).body).toMatchObject({ available: 0, expired: 1000 });
  });

  it('runs on from where it is, and new holds and sites have its time', async () => {
    const owner = await registerSandbox(app);
    await advance(owner, 10);
    const hold = await app.rest('POST', '/v1/credits/holds', { body: { amount: 5 }, bearer: owner.token });
    const seconds = (Date.parse(hold.body.expiresAt) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(10 * day + 800);
    const { body } = await move(owner.token, { advanceSeconds: 0 });
    expect(Date.parse(body.now)).toBeGreaterThanOrEqual(Date.now() + 10 * day * 1000 - 1000);
  });

  it('leaves every other account where it is, and every process follows (J64)', async () => {
    const [owner, other] = [await registerSandbox(app), await registerSandbox(app)];
    const second = await app.openAnother();
    const standingAt = async (url: string, { token }: Owner) => {
      const answer = await fetch(`${url}/v1/subscription`, { headers: bearer(token) });
      const { standing } = subscription.parse(await answer.json());
      return standing.state;
    };
    expect(await standingAt(second.url, owner)).toBe('good');
    await advance(owner, 30);
    await expect.poll(() => standingAt(second.url, owner)).toBe('refused');
    expect(await standingAt(app.url, other)).toBe('good');
  });

  it('leaves tokens, keys, throttles and idempotency in real time', async () => {
    const owner = await registerSandbox(app);
    const expiresAt = new Date(Date.now() + 30 * day * 1000).toISOString();
    const key = await makeKey(app, owner, ['credit:read'], { expiresAt });
    const idempotent = { ...bearer(owner.token), 'idempotency-key': 'one' };
    const body = { amount: 5 };
    const first = await app.rest('POST', '/v1/credits/holds', { body, headers: idempotent });
    await advance(owner, 13);
    expect((await app.rest('GET', '/v1/credits', { bearer: owner.token })).status).toBe(200);
    expect((await app.rest('GET', '/v1/credits', { bearer: key })).status).toBe(200);
    const again = await app.rest('POST', '/v1/credits/holds', { body, headers: idempotent });
    expect(again.body).toEqual(first.body);
    await advance(owner, 300);
    expect((await app.rest('GET', '/v1/credits', { bearer: key })).status).toBe(200);
    expect((await app.rest('GET', '/v1/me', { bearer: owner.token })).status).toBe(200);
  });

  it('is moved to the later of two times that are asked for at once, and ends there', async () => {
    const owner = await registerSandbox(app);
    const days = [1, 2, 3, 4, 5, 6, 7, 8];
    await Promise.all(
      days.map((one) =>
        move(owner.token, { at: new Date(Date.now() + one * day * 1000 + 60_000).toISOString() }),
      ),
    );
    const { body } = await move(owner.token, { advanceSeconds: 0 });
    expect(Math.floor(body.aheadSeconds / day)).toBe(8);
  });
});

describe('a call that moves a clock', () => {
  it('never moves it back, nor for more than ten years (J64)', async () => {
    const owner = await registerSandbox(app);
    await advance(owner, 5);
    const back = await move(owner.token, { at: new Date(Date.now() + 4 * day * 1000).toISOString() });
    expect(verdictOf(back)).toBe('400 invalid_input');
    expect(back.body.errors).toEqual([
      { path: 'at', message: expect.stringContaining('a test clock never goes back') },
    ]);
    expect(verdictOf(await advance(owner, 3650))).toBe('400 invalid_input');
    const { body } = await move(owner.token, { advanceSeconds: 0 });
    expect(body.aheadSeconds).toBe(5 * day);
  });

  it.each([
    ['nothing', {}],
    ['two times', { at: '2100-01-01T00:00:00Z', advanceSeconds: 1 }],
    ['a negative number', { advanceSeconds: -1 }],
    ['a text', { advanceSeconds: '1' }],
    ['no time', { at: 'tomorrow' }],
  ])('is refused with %s', async (_what, input) => {
    const owner = await registerSandbox(app);
    expect(verdictOf(await move(owner.token, input))).toBe('400 invalid_input');
  });

  it('is refused for an account that is no sandbox, whoever asks', async () => {
    const owner = await registerOwner(app);
    expect(verdictOf(await advance(owner, 1))).toBe('403 role_forbids');
    const key = await makeKey(app, owner, ['clock:write']);
    expect(verdictOf(await move(key, { advanceSeconds: 1 }))).toBe('403 scope_missing');
    const service = await insertServiceKey(app, { scopes: ['clock:write'] });
    const named = { 'tenantry-account': owner.accountId };
    expect(verdictOf(await move(service.secret, { advanceSeconds: 1 }, named))).toBe('403 scope_missing');
    await expect(
      app.database.query('update account set ahead_milliseconds = 1 where id = $1', [owner.accountId]),
    ).rejects.toThrow('account_ahead_milliseconds_check');
  });

  it('needs the scope of a key, and owner or admin of a person', async () => {
    const owner = await registerSandbox(app);
    const without = await makeKey(app, owner, ['account:write', 'credit:spend']);
    expect(verdictOf(await move(without, { advanceSeconds: 1 }))).toBe('403 scope_missing');
    const right = await makeKey(app, owner, ['clock:write']);
    expect(verdictOf(await move(right, { advanceSeconds: 1 }))).toBe('ok');
    const test = await insertServiceKey(app, { mode: 'test', scopes: ['clock:write'] });
    const named = { 'tenantry-account': owner.accountId };
    expect(verdictOf(await move(test.secret, { advanceSeconds: 1 }, named))).toBe('ok');
    const editor = await registerOwner(app);
    await addMembership(app.database, { accountId: owner.accountId, userId: editor.userId, role: 'editor' });
    expect(verdictOf(await move(editor.token, { advanceSeconds: 1 }, named))).toBe('403 role_forbids');
    expect(verdictOf(await move('', { advanceSeconds: 1 }))).toBe('401 unauthenticated');
  });
});
