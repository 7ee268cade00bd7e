import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const call = (bearer: string, method: string, path: string, body?: unknown) =>
  app.rest(method, `/v1${path}`, { body, bearer });
const hold = (bearer: string, body: Record<string, unknown>) => call(bearer, 'POST', '/credits/holds', body);
const siteOf = async (owner: Owner) => (await call(owner.token, 'POST', '/sites', { name: 'A' })).body.id;
const firstKey = async (owner: Owner) => (await call(owner.token, 'GET', '/api-keys')).body.items[0];
const limits = async (owner: Owner) => (await call(owner.token, 'GET', '/credits/limits')).body.items;

describe('a spending limit of a key', () => {
  it('lets exactly its share of a day pass, with fifty calls at once over two processes (I24)', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:spend'], { creditsPerDayMax: 100 });
    expect((await firstKey(owner)).creditsPerDayMax).toBe(100);
    const second = await app.openAnother();
    const outcomes = await runConcurrently(300, 50, async (index) => {
      const process = index % 2 === 0 ? app : second;
      return verdictOf(await process.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: key }));
    });
    await second.close();
    expect(outcomes).toEqual({ ok: 100, '402 spending_limit_reached': 200 });
    const refused = await hold(key, { amount: 1 });
    expect(refused.body).toMatchObject({ limit: 100, used: 100 });
    expect(verdictOf(await hold(owner.token, { amount: 1 }))).toBe('ok');
    expect(await limits(owner)).toEqual([
      { siteId: null, keyId: (await firstKey(owner)).id, creditsPerDayMax: 100, usedToday: 100 },
    ]);
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('counts what is spent and not what was held, also when a hold expires, and starts again each day', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:spend'], { creditsPerDayMax: 50 });
    const first = await hold(key, { amount: 50 });
    expect(verdictOf(await hold(key, { amount: 1 }))).toBe('402 spending_limit_reached');
    await call(key, 'POST', `/credits/holds/${first.body.id}/settle`, { amount: 20 });
    expect(verdictOf(await hold(key, { amount: 31 }))).toBe('402 spending_limit_reached');
    expect(verdictOf(await hold(key, { amount: 30, ttlSeconds: 10 }))).toBe('ok');
    const untilMidnight = 86_400 - ((app.api.clock().getTime() / 1000) % 86_400);
    if (untilMidnight > 30) {
      app.passSeconds(11);
      expect(verdictOf(await hold(key, { amount: 30 }))).toBe('ok');
      app.passSeconds(-11);
    }
    app.passSeconds(untilMidnight + 1);
    expect(verdictOf(await hold(key, { amount: 51 }))).toBe('402 spending_limit_reached');
    expect(verdictOf(await hold(key, { amount: 50 }))).toBe('ok');
    app.passSeconds(-untilMidnight - 1);
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('also bounds a settle above its hold', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:spend'], { creditsPerDayMax: 10 });
    const { body } = await hold(key, { amount: 8 });
    const settle = (amount: number) =>
      call(key, 'POST', `/credits/holds/${body.id}/settle`, { amount, allowExcess: true });
    const refused = await settle(11);
    expect(verdictOf(refused)).toBe('402 spending_limit_reached');
    expect(refused.body).toMatchObject({ limit: 10, used: 8, required: 3 });
    expect(verdictOf(await settle(10))).toBe('ok');
    expect((await limits(owner))[0].usedToday).toBe(10);
  });

  it('is shared by a rotated key and its predecessor, with fifty calls at once over two processes', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:spend'], { creditsPerDayMax: 100 });
    const { id } = await firstKey(owner);
    const overlap = { overlapSeconds: 3600 };
    const rotated = await call(owner.token, 'POST', `/api-keys/${id}/rotate`, overlap);
    expect(rotated.body.creditsPerDayMax).toBe(100);
    const second = await app.openAnother();
    const outcomes = await runConcurrently(300, 50, async (index) => {
      const process = index % 2 === 0 ? app : second;
      const bearer = index % 3 === 0 ? key : rotated.body.secret;
      return verdictOf(await process.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer }));
    });
    await second.close();
    expect(outcomes).toEqual({ ok: 100, '402 spending_limit_reached': 200 });
    expect(await limits(owner)).toEqual([
      { siteId: null, keyId: rotated.body.id, creditsPerDayMax: 100, usedToday: 100 },
    ]);
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('counts the day whether or not it was set, and a limit that is removed and set again forgets nothing', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:spend']);
    const { id } = await firstKey(owner);
    const set = (creditsPerDayMax: number | null) =>
      call(owner.token, 'PATCH', `/credits/limits/keys/${id}`, { creditsPerDayMax });
    const first = await hold(key, { amount: 30 });
    await call(key, 'POST', `/credits/holds/${first.body.id}/settle`, { amount: 20 });
    expect((await set(50)).body).toMatchObject({ creditsPerDayMax: 50, usedToday: 20 });
    expect(verdictOf(await hold(key, { amount: 30 }))).toBe('ok');
    expect((await set(null)).body).toMatchObject({ creditsPerDayMax: null, usedToday: 50 });
    expect(await limits(owner)).toEqual([]);
    expect((await set(50)).body).toMatchObject({ creditsPerDayMax: 50, usedToday: 50 });
    expect(verdictOf(await hold(key, { amount: 1 }))).toBe('402 spending_limit_reached');
  });

  it('is set by people with the permission, never by a key, and removed with null', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:spend', 'credit:read', 'account:write'], {
      creditsPerDayMax: 0,
    });
    const { id } = await firstKey(owner);
    const path = `/credits/limits/keys/${id}`;
    expect(verdictOf(await hold(key, { amount: 1 }))).toBe('402 spending_limit_reached');
    expect(verdictOf(await call(key, 'PATCH', path, { creditsPerDayMax: null }))).toBe('403 scope_missing');
    for (const creditsPerDayMax of [-1, 0.5, '5', 2 ** 53])
      expect(verdictOf(await call(owner.token, 'PATCH', path, { creditsPerDayMax }))).toBe(
        '400 invalid_input',
      );
    const lifted = await call(owner.token, 'PATCH', path, { creditsPerDayMax: null });
    expect(lifted.body).toEqual({ siteId: null, keyId: id, creditsPerDayMax: null, usedToday: 0 });
    expect(verdictOf(await hold(key, { amount: 1 }))).toBe('ok');
    const stranger = await registerOwner(app);
    expect(verdictOf(await call(stranger.token, 'PATCH', path, { creditsPerDayMax: 1 }))).toBe(
      '404 not_found',
    );
  });
});

describe('a spending limit of a site', () => {
  it('applies to every caller for that site, beside the limit of the key, and to no other site', async () => {
    const owner = await registerOwner(app);
    const siteId = await siteOf(owner);
    const key = await makeKey(app, owner, ['credit:spend'], { creditsPerDayMax: 8 });
    await call(owner.token, 'PATCH', `/credits/limits/sites/${siteId}`, { creditsPerDayMax: 10 });
    expect(verdictOf(await hold(owner.token, { amount: 5, siteId }))).toBe('ok');
    expect(verdictOf(await hold(key, { amount: 6, siteId }))).toBe('402 spending_limit_reached');
    expect(verdictOf(await hold(key, { amount: 5, siteId }))).toBe('ok');
    expect(verdictOf(await hold(owner.token, { amount: 1, siteId }))).toBe('402 spending_limit_reached');
    expect(verdictOf(await hold(key, { amount: 4 }))).toBe('402 spending_limit_reached');
    expect(verdictOf(await hold(key, { amount: 3 }))).toBe('ok');
    expect(verdictOf(await hold(owner.token, { amount: 500 }))).toBe('ok');
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('counts the holds that are open when it is set', async () => {
    const owner = await registerOwner(app);
    const siteId = await siteOf(owner);
    const early = await hold(owner.token, { amount: 30, siteId });
    const path = `/credits/limits/sites/${siteId}`;
    const set = await call(owner.token, 'PATCH', path, { creditsPerDayMax: 50 });
    expect(set.body).toMatchObject({ creditsPerDayMax: 50, usedToday: 30 });
    expect(verdictOf(await hold(owner.token, { amount: 20, siteId }))).toBe('ok');
    expect(verdictOf(await hold(owner.token, { amount: 1, siteId }))).toBe('402 spending_limit_reached');
    await call(owner.token, 'POST', `/credits/holds/${early.body.id}/release`, {});
    expect((await limits(owner))[0].usedToday).toBe(20);
    expect(verdictOf(await hold(owner.token, { amount: 31, siteId }))).toBe('402 spending_limit_reached');
    expect(verdictOf(await hold(owner.token, { amount: 30, siteId }))).toBe('ok');
  });
});

describe('a low balance', () => {
  const alerts = async ({ accountId }: Owner) =>
    (
      await app.database.query(
        "select payload from outbox_message where account_id = $1 and topic = 'credit.low_balance' order by at, (payload->>'threshold')::int desc",
        [accountId],
      )
    ).map(({ payload }) => payload);

  it('is reported once for each threshold that it crosses, with what is left, and not again for each crossing', async () => {
    const owner = await registerOwner(app);
    const set = await call(owner.token, 'PATCH', '/credits/alerts', {
      lowBalanceThresholds: [100, 500, 100],
    });
    expect(set.body).toEqual({ lowBalanceThresholds: [500, 100] });
    const first = await hold(owner.token, { amount: 500 });
    expect(await alerts(owner)).toEqual([]);
    await runConcurrently(20, 20, async () => verdictOf(await hold(owner.token, { amount: 1 })));
    const crossing = await alerts(owner);
    expect(crossing).toEqual([expect.objectContaining({ threshold: 500 })]);
    await call(owner.token, 'POST', `/credits/holds/${first.body.id}/release`, {});
    await hold(owner.token, { amount: 900 });
    expect((await alerts(owner)).slice(1)).toEqual([{ threshold: 100, available: 80 }]);
    expect((await call(owner.token, 'GET', '/credits/alerts')).body).toEqual(set.body);
  });

  it('has thresholds within bounds, which people with the permission set', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['account:write', 'credit:read']);
    const set = (bearer: string, lowBalanceThresholds: unknown) =>
      call(bearer, 'PATCH', '/credits/alerts', { lowBalanceThresholds });
    expect(verdictOf(await set(key, [1]))).toBe('403 scope_missing');
    for (const wrong of [[0], [1.5], ['1'], Array.from({ length: 11 }, (_, index) => index + 1), null])
      expect(verdictOf(await set(owner.token, wrong))).toBe('400 invalid_input');
    expect((await call(owner.token, 'GET', '/credits/alerts')).body).toEqual({ lowBalanceThresholds: [] });
  });
});
