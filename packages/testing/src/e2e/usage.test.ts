import { sumUsage, usageValues } from '@tenantry/db/usage/queries';
import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../app.ts';
import { addMembership } from '../memberships.ts';
import { type Owner, makeKey, registerOwner, signInStaff } from '../users.ts';
import { sameBytes, verdictOf } from '../procedures.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const usage = (bearer: string, query = '') => app.rest('GET', `/v1/usage${query}`, { bearer });
const items = async (bearer: string, query = '') => (await usage(bearer, query)).body.items;

/** Holds and settles, as whoever holds the credential; answers the hold's id. */
async function spend(bearer: string, amount: number, held: Record<string, unknown> = {}): Promise<string> {
  const what = 'operation' in held ? { units: 20_000 } : { amount: 100 };
  const hold = await app.rest('POST', '/v1/credits/holds', { body: { ...what, ...held }, bearer });
  const path = `/v1/credits/holds/${hold.body.id}/settle`;
  expect(verdictOf(await app.rest('POST', path, { body: { amount }, bearer }))).toBe('ok');
  return hold.body.id;
}

const site = async ({ token }: Owner, name: string): Promise<string> => {
  const made = await app.rest('POST', '/v1/sites', { body: { name }, bearer: token });
  expect(verdictOf(made)).toBe('ok');
  return made.body.id;
};

/** Keys that spend and read, with their ids. */
async function spendingKey(owner: Owner, more = {}): Promise<{ id: string; secret: string }> {
  const secret = await makeKey(app, owner, ['credit:spend', 'credit:read'], more);
  const { items: keys } = (await app.rest('GET', '/v1/api-keys', { bearer: owner.token })).body;
  return { id: keys[0].id, secret };
}

/** Puts the clock where a test needs it, and gives it back. */
async function at<T>(moment: Date, work: () => Promise<T>): Promise<T> {
  const seconds = (moment.getTime() - app.api.clock().getTime()) / 1000;
  app.passSeconds(seconds);
  try {
    return await work();
  } finally {
    app.passSeconds(-seconds);
  }
}

/** Refunds part of what a hold was charged, as staff do. */
async function refund({ accountId, token }: Owner, holdId: string, amount: number): Promise<void> {
  const { body } = await app.rest('GET', '/v1/credits/entries', { bearer: token });
  const charge = body.items.find(
    (entry: Record<string, unknown>) => entry['holdId'] === holdId && entry['to'] === 'spent',
  );
  const path = `/v1/accounts/${accountId}/credits/reverse`;
  const told = { entryId: charge.id, amount, reason: 'test' };
  expect(verdictOf(await app.admin.rest('POST', path, { body: told, bearer: finance }))).toBe('ok');
}

describe('usage', () => {
  it('sums to what the journal moved, however it is grouped', async () => {
    const owner = await registerOwner(app);
    const siteId = await site(owner, 'Blog');
    const key = await spendingKey(owner);
    await spend(owner.token, 5);
    await spend(key.secret, 7, { siteId });
    await spend(key.secret, 11, { operation: 'write_content', siteId });
    await app.rest('POST', '/v1/credits/holds', { body: { amount: 3 }, bearer: owner.token });
    const { spent } = (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;
    expect(spent).toBe(23);
    const none = { reported: 5, estimated: 0, charges: 1, spent: 5, group: null };
    const two = { spent: 18, reported: 18, estimated: 0, charges: 2 };
    const today = app.api.clock().toISOString().slice(0, 10);
    expect(await items(owner.token)).toEqual([
      { group: today, spent, reported: spent, estimated: 0, charges: 3 },
    ]);
    expect(await items(owner.token, '?by=site')).toEqual([{ ...two, group: siteId }, none]);
    expect(await items(owner.token, '?by=key')).toEqual([{ ...two, group: key.id }, none]);
    expect(await items(owner.token, '?by=operation')).toMatchObject([
      { group: null, spent: 12, charges: 2 },
      { group: 'write_content', spent: 11, charges: 1 },
    ]);
    expect(await items(owner.token, `?by=operation&keyId=${key.id.toUpperCase()}`)).toMatchObject([
      { group: 'write_content', spent: 11 },
      { group: null, spent: 7 },
    ]);
    expect(await items(owner.token, `?by=key&operation=write_content&siteId=${siteId}`)).toMatchObject([
      { group: key.id, spent: 11 },
    ]);
  });

  it('counts a settle above its hold as one charge, and a hold that was given back as none', async () => {
    const owner = await registerOwner(app);
    const call = (path: string, body: object) =>
      app.rest('POST', `/v1/credits/holds${path}`, { body, bearer: owner.token });
    const above = await call('', { amount: 10 });
    await call(`/${above.body.id}/settle`, { amount: 15, allowExcess: true });
    const back = await call('', { amount: 10 });
    await call(`/${back.body.id}/release`, {});
    expect(await items(owner.token)).toMatchObject([{ spent: 15, charges: 1 }]);
  });

  it('tells what was counted here from what was reported, until it is trued up', async () => {
    const owner = await registerOwner(app);
    const run = async () => {
      const body = { prompt: 'One line.' };
      const path = '/v1/operations/write_content/runs';
      return (await app.rest('POST', path, { body, bearer: owner.token })).body;
    };
    const { credits: reported } = await run();
    app.provider.setFault('no_usage');
    const { runId, credits: estimated } = await run();
    app.provider.setFault('none');
    const parts = { reported: reported.charged, estimated: estimated.charged };
    expect(await items(owner.token)).toMatchObject([parts]);
    const path = `/v1/credits/holds/${runId}/true-up`;
    const body = { amount: estimated.charged + 4 };
    expect(verdictOf(await app.rest('POST', path, { body, bearer: owner.token }))).toBe('ok');
    const all = reported.charged + estimated.charged + 4;
    expect(await items(owner.token)).toMatchObject([{ spent: all, reported: all, estimated: 0, charges: 2 }]);
  });

  it('takes a reversal off the key that was charged, whoever made it', async () => {
    const owner = await registerOwner(app);
    const key = await spendingKey(owner);
    const holdId = await spend(key.secret, 9);
    await refund(owner, holdId, 4);
    expect(await items(owner.token, '?by=key')).toMatchObject([{ group: key.id, spent: 5, charges: 1 }]);
  });

  it('by day parts the days at midnight UTC, newest first, and takes a range without its end', async () => {
    const owner = await registerOwner(app);
    const { secret } = await spendingKey(owner);
    const midnight = new Date(Math.ceil(app.api.clock().getTime() / 86_400_000) * 86_400_000);
    const before = new Date(midnight.getTime() - 60_000);
    await at(before, () => spend(secret, 2));
    await at(new Date(midnight.getTime() + 60_000), async () => {
      await spend(secret, 3);
      const [today, yesterday] = [midnight, before].map((day) => day.toISOString().slice(0, 10));
      expect(await items(secret)).toMatchObject([
        { group: today, spent: 3 },
        { group: yesterday, spent: 2 },
      ]);
      const edge = encodeURIComponent(midnight.toISOString());
      expect(await items(secret, `?to=${edge}`)).toMatchObject([{ group: yesterday, spent: 2 }]);
      expect(await items(secret, `?from=${edge}`)).toMatchObject([{ group: today, spent: 3 }]);
      const settled = await app.database.query(
        `select to_json(at)#>>'{}' as at from ledger_entry where account_id = $1 and to_book = 'spent' order by at limit 1`,
        [owner.accountId],
      );
      const exact = encodeURIComponent(String(settled[0]?.['at']));
      expect(await items(secret, `?from=${exact}`)).toHaveLength(2);
      expect(await items(secret, `?to=${exact}`)).toEqual([]);
    });
  });

  it('comes in pages, the largest first', async () => {
    const owner = await registerOwner(app);
    const keys = [await spendingKey(owner), await spendingKey(owner)];
    await spend(owner.token, 1);
    for (const [index, key] of keys.entries()) await spend(key.secret, 10 + index);
    const seen: unknown[] = [];
    for (let cursor = ''; ; ) {
      const page = (await usage(owner.token, `?by=key&limit=1${cursor}`)).body;
      expect(page.items).toHaveLength(1);
      seen.push(page.items[0].group);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([keys[1]?.id, keys[0]?.id, null]);
  });

  it('reads the range alone: every way to it is by the index of what was spent', async () => {
    const { accountId } = await registerOwner(app);
    const callInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() } as const;
    const range = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') };
    const plan = await app.database.api.inAccount.write({ accountId }, callInfo, async (tx) => {
      await tx.em.execute('set local enable_seqscan = off');
      await tx.em.execute('set local enable_bitmapscan = off');
      const values = usageValues(tx, { by: 'day', limit: 50, ...range });
      return tx.em.execute(`explain ${sumUsage}`, values);
    });
    const lines = JSON.stringify(plan);
    expect(lines).toContain('ledger_entry_spent');
    expect(lines).toMatch(/Index Cond: \(\(account_id = [^"]*\) AND \(at >= [^"]*\) AND \(at < /);
    expect(lines).not.toContain('Seq Scan on ledger_entry');
  });
});

describe('whoever may not see it', () => {
  it('sees nothing of another account, and of a site, a key or an operation that is not theirs no more than of none', async () => {
    const [owner, other] = [await registerOwner(app), await registerOwner(app)];
    const siteId = await site(other, 'Blog');
    const key = await spendingKey(other);
    await spend(key.secret, 7, { siteId });
    for (const by of ['day', 'operation', 'site', 'key'])
      expect(await items(owner.token, `?by=${by}`)).toEqual([]);
    for (const [name, theirs] of [
      ['siteId', siteId],
      ['keyId', key.id],
    ] as const) {
      const [foreign, random] = await Promise.all([
        usage(owner.token, `?${name}=${theirs}`),
        usage(owner.token, `?${name}=${newId()}`),
      ]);
      expect(verdictOf(foreign)).toBe('404 not_found');
      expect(sameBytes(foreign)).toBe(sameBytes(random));
    }
    expect(verdictOf(await usage(owner.token, '?operation=nothing'))).toBe('404 not_found');
  });

  it('and is limited to sites, sees those alone, with sums to match', async () => {
    const owner = await registerOwner(app);
    const siteId = await site(owner, 'Blog');
    await app.database.query(
      `update subscription set plan_id = (select id from plan where slug = 'unthrottled'), status = 'active',
       period_end = now() + interval '20 days' where account_id = $1`,
      [owner.accountId],
    );
    app.api.authentication.accessCache.forget();
    const hidden = await site(owner, 'Hidden');
    await spend(owner.token, 5);
    await spend(owner.token, 7, { siteId });
    await spend(owner.token, 11, { siteId: hidden });
    const viewer = await registerOwner(app);
    const { accountId } = owner;
    await addMembership(app.database, {
      accountId,
      userId: viewer.userId,
      role: 'viewer',
      siteIds: [siteId],
    });
    const key = await spendingKey(owner, { siteId });
    const ways = [
      { authorization: `Bearer ${viewer.token}`, 'tenantry-account': owner.accountId },
      { authorization: `Bearer ${key.secret}` },
    ];
    for (const headers of ways) {
      const ask = (query: string) => app.rest('GET', `/v1/usage${query}`, { headers });
      expect((await ask('?by=site')).body.items).toMatchObject([{ group: siteId, spent: 7 }]);
      expect((await ask('?by=day')).body.items).toMatchObject([{ spent: 7, charges: 1 }]);
      const [forbidden, random] = [await ask(`?siteId=${hidden}`), await ask(`?siteId=${newId()}`)];
      expect(verdictOf(forbidden)).toBe('404 not_found');
      expect(sameBytes(forbidden)).toBe(sameBytes(random));
    }
  });

  it.each([
    ['an empty range', '?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z'],
    ['a range that runs backwards', '?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z'],
    ['more than 400 days', '?from=2025-01-01T00:00:00Z&to=2026-02-06T00:00:00Z'],
    ['all of time', '?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59-23:59'],
    ['a day without a time', '?from=2026-01-01'],
    ['another dimension', '?by=member'],
    ['a key that is none', '?keyId=one'],
    ['a cursor of nobody', '?cursor=abc'],
    ['more than a page', '?limit=101'],
  ])('is refused %s', async (_what, query) => {
    const owner = await registerOwner(app);
    expect(verdictOf(await usage(owner.token, query))).toBe('400 invalid_input');
  });

  it('has another key: without the scope, or without a credential', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:spend']);
    expect(verdictOf(await usage(key))).toBe('403 scope_missing');
    expect(verdictOf(await app.rest('GET', '/v1/usage'))).toBe('401 unauthenticated');
  });

  it('may ask of the ends of time, and is told that nothing was spent then', async () => {
    const owner = await registerOwner(app);
    for (const query of [
      '?from=0000-01-01T00:00:00Z&to=0000-02-01T00:00:00Z',
      '?from=9999-12-31T00:00:00Z&to=9999-12-31T23:59:59-23:59',
    ])
      expect(await items(owner.token, query)).toEqual([]);
  });
});
