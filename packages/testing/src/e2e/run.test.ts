import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../books.ts';
import { crowd } from '../crowd.ts';
import { type TestHouse, openTestHouse } from '../house.ts';
import { type Owner, makeKey, registerOwner } from '../people.ts';
import { verdictOf } from '../procedures.ts';
import { providerErrorText } from '../provider/start-provider.ts';

let house: TestHouse;
let owner: Owner;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
afterEach(() => house.provider.setFault('none'));

const path = '/v1/operations/write_content/runs';
const body = { prompt: 'Write one sentence about tea.' };
const run = (headers: Record<string, string> = {}) =>
  house.rest('POST', path, { body, bearer: owner.token, headers });
const credits = async () => (await house.rest('GET', '/v1/credits', { bearer: owner.token })).body;

describe('a run', () => {
  it.each(['500', '429', 'reset', 'half_stream'] as const)(
    'gives its hold back when the provider fails with %s, and says nothing of what it said (I10)',
    async (fault) => {
      owner = await registerOwner(house);
      house.provider.setFault(fault);
      const answer = await run();
      expect(verdictOf(answer)).toBe('503 unavailable');
      expect(answer.headers.get('retry-after')).toBe(String(answer.body.retryAfterSeconds));
      expect(JSON.stringify(answer.body)).not.toContain(providerErrorText);
      expect(await credits()).toMatchObject({ available: 1000, held: 0, spent: 0 });
      expect(await faultsOfBooks(house.database, owner.accountId)).toEqual([]);
    },
  );

  it('bills what it can count when the provider reports nothing', async () => {
    owner = await registerOwner(house);
    house.provider.setFault('no_usage');
    const answer = await run();
    expect(answer.body.usage.source).toBe('estimated');
    expect(answer.body.credits.charged).toBeGreaterThan(0);
    expect(await credits()).toMatchObject({ held: 0, spent: answer.body.credits.charged });
  });

  it('gives its hold back when the caller hangs up', async () => {
    owner = await registerOwner(house);
    house.provider.setFault('slow');
    const controller = new AbortController();
    const asked = house.provider.requestCount();
    const call = fetch(house.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: controller.signal,
    });
    await expect.poll(() => house.provider.requestCount()).toBe(asked + 1);
    expect((await credits()).held).toBeGreaterThan(0);
    controller.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(credits).toMatchObject({ available: 1000, held: 0, spent: 0 });
  });

  it('runs once for one idempotency key, and may be tried again after a failure', async () => {
    owner = await registerOwner(house);
    const headers = { 'idempotency-key': 'one' };
    house.provider.setFault('500');
    expect(verdictOf(await run(headers))).toBe('503 unavailable');
    house.provider.setFault('none');
    const asked = house.provider.requestCount();
    const first = await run(headers);
    const again = await run(headers);
    expect(first.status).toBe(200);
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(house.provider.requestCount()).toBe(asked + 1);
    expect((await credits()).spent).toBe(first.body.credits.charged);
  });

  it('is asked of the provider only as often as the credits allow, whoever comes at once (F6.5)', async () => {
    owner = await registerOwner(house);
    const price = { operation: 'write_content', units: 1 };
    const quote = await house.rest('POST', '/v1/credits/holds', { body: price, bearer: owner.token });
    await house.rest('POST', `/v1/credits/holds/${quote.body.id}/release`, { body: {}, bearer: owner.token });
    await house.rest('POST', '/v1/credits/holds', { body: { amount: 1000 - 10 }, bearer: owner.token });
    const asked = house.provider.requestCount();
    const outcomes = await crowd(10, 10, async () => verdictOf(await run()));
    const served = outcomes['ok'] ?? 0;
    expect(served + (outcomes['402 insufficient_credits'] ?? 0)).toBe(10);
    expect(house.provider.requestCount() - asked).toBe(served);
    expect((await credits()).available).toBeGreaterThanOrEqual(0);
    expect(await faultsOfBooks(house.database, owner.accountId)).toEqual([]);
  });

  it.each([
    ['an operation that is not there', '/v1/operations/levitate/runs', '404 not_found'],
    ['an image operation', '/v1/operations/generate_image/runs', '422 operation_not_runnable'],
  ])('refuses %s without asking the provider', async (_what, url, verdict) => {
    owner = await registerOwner(house);
    const asked = house.provider.requestCount();
    expect(verdictOf(await house.rest('POST', url, { body, bearer: owner.token }))).toBe(verdict);
    expect(house.provider.requestCount()).toBe(asked);
    expect(await credits()).toMatchObject({ available: 1000, held: 0 });
  });

  it('needs a key with the scope, and a site that the key may touch (F6)', async () => {
    owner = await registerOwner(house);
    const site = await house.rest('POST', '/v1/sites', { body: { name: 'A' }, bearer: owner.token });
    const readOnly = await makeKey(house, owner, ['site:read', 'credit:read']);
    const bound = await makeKey(house, owner, ['operation:run', 'site:read'], { siteId: site.body.id });
    const as = (bearer: string, more = {}) =>
      house.rest('POST', path, { body: { ...body, ...more }, bearer });
    expect(verdictOf(await as(readOnly))).toBe('403 scope_missing');
    expect(verdictOf(await as(bound))).toBe('403 site_forbidden');
    expect(verdictOf(await as(bound, { siteId: site.body.id }))).toBe('ok');
    expect(verdictOf(await as(bound, { siteId: '0198f000-0000-7000-8000-00000000ffff' }))).toBe(
      '404 not_found',
    );
  });
});
