import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';
import { providerErrorText } from '../../provider/start-provider.ts';

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
afterEach(() => app.provider.setFault('none'));

const path = '/v1/operations/write_content/runs';
const body = { prompt: 'Write one sentence about tea.' };
const run = (headers: Record<string, string> = {}) =>
  app.rest('POST', path, { body, bearer: owner.token, headers });
const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;

describe('a run', () => {
  it.each(['500', '429', 'reset', 'half_stream'] as const)(
    'gives its hold back when the provider fails with %s, and does not repeat the text of the provider (I10)',
    async (fault) => {
      owner = await registerOwner(app);
      app.provider.setFault(fault);
      const answer = await run();
      expect(verdictOf(answer)).toBe('503 provider_unavailable');
      expect(answer.headers.get('retry-after')).toBe(String(answer.body.retryAfterSeconds));
      expect(JSON.stringify(answer.body)).not.toContain(providerErrorText);
      expect(await credits()).toMatchObject({ available: 1000, held: 0, spent: 0 });
      expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
    },
  );

  it('charges an estimate when the provider reports no usage', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('no_usage');
    const answer = await run();
    expect(answer.body.usage.source).toBe('estimated');
    expect(answer.body.credits.charged).toBeGreaterThan(0);
    expect(await credits()).toMatchObject({ held: 0, spent: answer.body.credits.charged });
  });

  it('gives its hold back when the caller disconnects', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('slow');
    const controller = new AbortController();
    const asked = app.provider.requestCount();
    const call = fetch(app.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: controller.signal,
    });
    await expect.poll(() => app.provider.requestCount()).toBe(asked + 1);
    expect((await credits()).held).toBeGreaterThan(0);
    controller.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(credits).toMatchObject({ available: 1000, held: 0, spent: 0 });
  });

  it('runs once for one idempotency key, and may be tried again after a failure', async () => {
    owner = await registerOwner(app);
    const headers = { 'idempotency-key': 'one' };
    app.provider.setFault('500');
    expect(verdictOf(await run(headers))).toBe('503 provider_unavailable');
    app.provider.setFault('none');
    const asked = app.provider.requestCount();
    const first = await run(headers);
    const again = await run(headers);
    expect(first.status).toBe(200);
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(app.provider.requestCount()).toBe(asked + 1);
    expect((await credits()).spent).toBe(first.body.credits.charged);
  });

  it('calls the provider only as often as the credits allow, with ten calls at once (F6.5)', async () => {
    owner = await registerOwner(app);
    const price = { operation: 'write_content', units: 1 };
    const quote = await app.rest('POST', '/v1/credits/holds', { body: price, bearer: owner.token });
    await app.rest('POST', `/v1/credits/holds/${quote.body.id}/release`, { body: {}, bearer: owner.token });
    await app.rest('POST', '/v1/credits/holds', { body: { amount: 1000 - 10 }, bearer: owner.token });
    const asked = app.provider.requestCount();
    const outcomes = await runConcurrently(10, 10, async () => verdictOf(await run()));
    const served = outcomes['ok'] ?? 0;
    expect(served + (outcomes['402 insufficient_credits'] ?? 0)).toBe(10);
    expect(app.provider.requestCount() - asked).toBe(served);
    expect((await credits()).available).toBeGreaterThanOrEqual(0);
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it.each([
    ['an unknown operation', '/v1/operations/levitate/runs', '404 not_found'],
    ['an image operation', '/v1/operations/generate_image/runs', '422 operation_not_runnable'],
    ['an operation by the item', '/v1/operations/cluster_keywords/runs', '422 operation_not_runnable'],
  ])('refuses %s without calling the provider', async (_what, url, verdict) => {
    owner = await registerOwner(app);
    const asked = app.provider.requestCount();
    expect(verdictOf(await app.rest('POST', url, { body, bearer: owner.token }))).toBe(verdict);
    expect(app.provider.requestCount()).toBe(asked);
    expect(await credits()).toMatchObject({ available: 1000, held: 0 });
  });

  it('needs a key with the scope, and a site that the key may use (F6)', async () => {
    owner = await registerOwner(app);
    const site = await app.rest('POST', '/v1/sites', { body: { name: 'A' }, bearer: owner.token });
    const readOnly = await makeKey(app, owner, ['site:read', 'credit:read']);
    const bound = await makeKey(app, owner, ['operation:run', 'site:read'], { siteId: site.body.id });
    const as = (bearer: string, more = {}) => app.rest('POST', path, { body: { ...body, ...more }, bearer });
    expect(verdictOf(await as(readOnly))).toBe('403 scope_missing');
    expect(verdictOf(await as(bound))).toBe('403 site_forbidden');
    expect(verdictOf(await as(bound, { siteId: site.body.id }))).toBe('ok');
    expect(verdictOf(await as(bound, { siteId: '0198f000-0000-7000-8000-00000000ffff' }))).toBe(
      '404 not_found',
    );
  });
});
