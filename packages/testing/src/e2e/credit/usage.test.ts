import { rows } from '@tenantry/db/sql';
import { sumUsage, usageValues } from '@tenantry/ledger/usage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';
import { createSite, readUsage, spend, spendingKey, usageItems } from './usage.fixture.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

/** Moves the clock of the app to a moment for the time of `work`. */
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
  const input = { entryId: charge.id, amount, reason: 'test' };
  expect(verdictOf(await app.admin.rest('POST', path, { body: input, bearer: finance }))).toBe('ok');
}

describe('usage', () => {
  it('adds up to what the journal moved, however it is grouped', async () => {
    const owner = await registerOwner(app);
    const siteId = await createSite(app, owner, 'Blog');
    const key = await spendingKey(app, owner);
    await spend(app, owner.token, 5);
    await spend(app, key.secret, 7, { siteId });
    await spend(app, key.secret, 11, { operation: 'write_content', siteId });
    await app.rest('POST', '/v1/credits/holds', { body: { amount: 3 }, bearer: owner.token });
    const { spent } = (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;
    expect(spent).toBe(23);
    const none = { reported: 5, estimated: 0, charges: 1, spent: 5, group: null };
    const two = { spent: 18, reported: 18, estimated: 0, charges: 2 };
    const today = app.api.clock().toISOString().slice(0, 10);
    expect(await usageItems(app, owner.token)).toEqual([
      { group: today, spent, reported: spent, estimated: 0, charges: 3 },
    ]);
    expect(await usageItems(app, owner.token, '?by=site')).toEqual([{ ...two, group: siteId }, none]);
    expect(await usageItems(app, owner.token, '?by=key')).toEqual([{ ...two, group: key.id }, none]);
    expect(await usageItems(app, owner.token, '?by=operation')).toMatchObject([
      { group: null, spent: 12, charges: 2 },
      { group: 'write_content', spent: 11, charges: 1 },
    ]);
    expect(await usageItems(app, owner.token, `?by=operation&keyId=${key.id.toUpperCase()}`)).toMatchObject([
      { group: 'write_content', spent: 11 },
      { group: null, spent: 7 },
    ]);
    expect(
      await usageItems(app, owner.token, `?by=key&operation=write_content&siteId=${siteId}`),
    ).toMatchObject([{ group: key.id, spent: 11 }]);
  });

  it('counts a settle above its hold as one charge, and a released hold as none', async () => {
    const owner = await registerOwner(app);
    const call = (path: string, body: object) =>
      app.rest('POST', `/v1/credits/holds${path}`, { body, bearer: owner.token });
    const above = await call('', { amount: 10 });
    await call(`/${above.body.id}/settle`, { amount: 15, allowExcess: true });
    const back = await call('', { amount: 10 });
    await call(`/${back.body.id}/release`, {});
    expect(await usageItems(app, owner.token)).toMatchObject([{ spent: 15, charges: 1 }]);
  });

  it('separates estimated from reported usage, until the estimate is trued up', async () => {
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
    expect(await usageItems(app, owner.token)).toMatchObject([parts]);
    const path = `/v1/credits/holds/${runId}/true-up`;
    const body = { amount: estimated.charged + 4 };
    expect(verdictOf(await app.rest('POST', path, { body, bearer: owner.token }))).toBe('ok');
    const all = reported.charged + estimated.charged + 4;
    expect(await usageItems(app, owner.token)).toMatchObject([
      { spent: all, reported: all, estimated: 0, charges: 2 },
    ]);
  });

  it('subtracts a reversal from the key that was charged', async () => {
    const owner = await registerOwner(app);
    const key = await spendingKey(app, owner);
    const holdId = await spend(app, key.secret, 9);
    await refund(owner, holdId, 4);
    expect(await usageItems(app, owner.token, '?by=key')).toMatchObject([
      { group: key.id, spent: 5, charges: 1 },
    ]);
  });

  it('by day separates days at midnight UTC, newest first, and excludes the end of a range', async () => {
    const owner = await registerOwner(app);
    const { secret } = await spendingKey(app, owner);
    const midnight = new Date(Math.ceil(app.api.clock().getTime() / 86_400_000) * 86_400_000);
    const before = new Date(midnight.getTime() - 60_000);
    await at(before, () => spend(app, secret, 2));
    await at(new Date(midnight.getTime() + 60_000), async () => {
      await spend(app, secret, 3);
      const [today, yesterday] = [midnight, before].map((day) => day.toISOString().slice(0, 10));
      expect(await usageItems(app, secret)).toMatchObject([
        { group: today, spent: 3 },
        { group: yesterday, spent: 2 },
      ]);
      const edge = encodeURIComponent(midnight.toISOString());
      expect(await usageItems(app, secret, `?to=${edge}`)).toMatchObject([{ group: yesterday, spent: 2 }]);
      expect(await usageItems(app, secret, `?from=${edge}`)).toMatchObject([{ group: today, spent: 3 }]);
      const settled = await app.database.query(
        `select to_json(at)#>>'{}' as at from ledger_entry where account_id = $1 and to_book = 'spent' order by at limit 1`,
        [owner.accountId],
      );
      const exact = encodeURIComponent(String(settled[0]?.['at']));
      expect(await usageItems(app, secret, `?from=${exact}`)).toHaveLength(2);
      expect(await usageItems(app, secret, `?to=${exact}`)).toEqual([]);
    });
  });

  it('comes in pages, the largest first', async () => {
    const owner = await registerOwner(app);
    const keys = [await spendingKey(app, owner), await spendingKey(app, owner)];
    await spend(app, owner.token, 1);
    for (const [index, key] of keys.entries()) await spend(app, key.secret, 10 + index);
    const seen: unknown[] = [];
    for (let cursor = ''; ; ) {
      const page = (await readUsage(app, owner.token, `?by=key&limit=1${cursor}`)).body;
      expect(page.items).toHaveLength(1);
      seen.push(page.items[0].group);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([keys[1]?.id, keys[0]?.id, null]);
  });

  it('reads only its range, by the index of what was spent', async () => {
    const { accountId } = await registerOwner(app);
    const callInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() } as const;
    const range = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') };
    const plan = await app.database.api.inAccount.write({ accountId }, callInfo, async (tx) => {
      await tx.em.execute('set local enable_seqscan = off');
      await tx.em.execute('set local enable_bitmapscan = off');
      const values = usageValues(tx, { by: 'day', limit: 50, ...range });
      return rows(tx, `explain ${sumUsage.text}`, values);
    });
    const lines = JSON.stringify(plan);
    expect(lines).toContain('ledger_entry_spent');
    expect(lines).toMatch(/Index Cond: \(\(account_id = [^"]*\) AND \(at >= [^"]*\) AND \(at < /);
    expect(lines).not.toContain('Seq Scan on ledger_entry');
  });
});
