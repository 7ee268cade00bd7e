import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
});
afterAll(() => app.close());

let keys = 0;
const newKey = () => {
  keys += 1;
  return `key-${keys}`;
};
const hold = (body: Record<string, unknown>, key: string, bearer = owner.token) =>
  app.rest('POST', '/v1/credits/holds', { body, bearer, headers: { 'idempotency-key': key } });
const heldBy = async ({ token }: Owner): Promise<number> =>
  (await app.rest('GET', '/v1/credits', { bearer: token })).body.held;

describe('a call with an idempotency key', () => {
  it('answers the same bytes again, marked, with one effect, over either transport (I11)', async () => {
    const key = newKey();
    const before = await heldBy(owner);
    const first = await hold({ amount: 3 }, key);
    const again = await hold({ amount: 3 }, key);
    const trpc = await app.trpc(
      'credit.hold',
      { amount: 3 },
      { bearer: owner.token, headers: { 'idempotency-key': key } },
    );
    expect([first, again, trpc].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([
      null,
      'true',
      'true',
    ]);
    expect(again.status).toBe(first.status);
    for (const answer of [again, trpc]) expect(JSON.stringify(answer.body)).toBe(JSON.stringify(first.body));
    expect(await heldBy(owner)).toBe(before + 3);
  });

  it('ignores defaults and the order of fields when it compares inputs', async () => {
    const key = newKey();
    const first = await hold({ amount: 2, ttlSeconds: 900 }, key);
    const again = await hold({ metadata: {}, amount: 2 }, key);
    expect(again.body.id).toBe(first.body.id);
  });

  it('refuses another input, and does nothing', async () => {
    const key = newKey();
    await hold({ amount: 2 }, key);
    const before = await heldBy(owner);
    expect(verdictOf(await hold({ amount: 4 }, key))).toBe('422 idempotency_mismatch');
    expect(await heldBy(owner)).toBe(before);
  });

  it('has one effect when twenty come at once', async () => {
    const key = newKey();
    const before = await heldBy(owner);
    const ids = new Set<string>();
    const outcomes = await runConcurrently(20, 20, async () => {
      const answer = await hold({ amount: 5 }, key);
      ids.add(answer.body.id);
      return verdictOf(answer);
    });
    expect(outcomes).toEqual({ ok: 20 });
    expect(ids.size).toBe(1);
    expect(await heldBy(owner)).toBe(before + 5);
  });

  it('belongs to its account and its procedure', async () => {
    const other = await registerOwner(app);
    const key = newKey();
    const [mine, theirs] = [await hold({ amount: 1 }, key), await hold({ amount: 1 }, key, other.token)];
    expect(theirs.body.id).not.toBe(mine.body.id);
    const headers = { 'idempotency-key': key };
    const site = await app.rest('POST', '/v1/sites', { body: { name: 'A' }, bearer: other.token, headers });
    expect(site.status).toBe(201);
  });

  it('stores only successes: a refused call may be tried again (I13)', async () => {
    const key = newKey();
    expect(verdictOf(await hold({ amount: 'many' }, key))).toBe('400 invalid_input');
    expect(verdictOf(await hold({ amount: 100_000 }, key))).toBe('402 insufficient_credits');
    expect(verdictOf(await hold({ amount: 1 }, key))).toBe('ok');
  });

  it('is forgotten after a day', async () => {
    const key = newKey();
    const first = await hold({ amount: 1 }, key);
    app.passSeconds(86_401);
    const fresh = await app.rest('POST', '/v1/sessions', {
      body: { email: owner.email, password: owner.password },
    });
    const afterDay = await hold({ amount: 1 }, key, fresh.body.accessToken);
    app.passSeconds(-86_401);
    expect(verdictOf(afterDay)).toBe('ok');
    expect(afterDay.body.id).not.toBe(first.body.id);
  });

  it('never stores a secret: a replayed key creation has none', async () => {
    const person = await registerOwner(app);
    const create = () =>
      app.rest('POST', '/v1/api-keys', {
        body: { name: 'A key', scopes: ['site:read'] },
        bearer: person.token,
        headers: { 'idempotency-key': 'one' },
      });
    const first = await create();
    const again = await create();
    expect(first.body.secret).toMatch(/^tny_live_/);
    expect(again.body).toEqual({ ...first.body, secret: null });
    const [row] = await app.database.query(
      'select count(*)::int as leaks from idempotency_record where body like $1',
      [`%${first.body.secret}%`],
    );
    expect(row).toEqual({ leaks: 0 });
  });

  it.each([
    ['a space', 'two words'],
    ['an empty text', ''],
    ['256 characters', 'x'.repeat(256)],
  ])('refuses a key with %s', async (_what, key) => {
    expect(verdictOf(await hold({ amount: 1 }, key))).toBe('400 invalid_input');
  });

  it('is refused for a batch of mutations (D3)', async () => {
    const response = await fetch(`${app.url}/trpc/credit.hold,credit.hold?batch=1`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${owner.token}`,
        'content-type': 'application/json',
        'idempotency-key': newKey(),
      },
      body: JSON.stringify({ 0: { amount: 1 }, 1: { amount: 1 } }),
    });
    const text = await response.text();
    expect(text.match(/"code":"invalid_input"/g)).toHaveLength(2);
  });
});
