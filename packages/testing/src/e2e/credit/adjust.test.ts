import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const adjust = ({ accountId }: Owner, body: unknown) =>
  app.admin.rest('POST', `/v1/accounts/${accountId}/credits/adjust`, { body, bearer: finance });
const look = async ({ accountId }: Owner, path = '') =>
  (await app.admin.rest('GET', `/v1/accounts/${accountId}/credits${path}`, { bearer: finance })).body;
const expectNoFaults = async ({ accountId }: Owner) =>
  expect(await faultsOfBooks(app.database, accountId)).toEqual([]);

describe('adjusting credits', () => {
  it('gives a grant with a reason, an actor and a message, all in one entry', async () => {
    const owner = await registerOwner(app);
    const expiresAt = '2100-01-01T00:00:00.000Z';
    const given = await adjust(owner, { amount: 50, reason: 'goodwill', expiresAt });
    expect(given.body).toMatchObject({
      entry: { kind: 'adjustment', from: 'granted', to: 'available', amount: 50 },
      credits: { granted: 1050, available: 1050, byKind: { plan: 1000, adjustment: 50 } },
    });
    expect(given.body.entry.actor).toMatch(/^staff:/);
    const grants = await app.rest('GET', '/v1/credits/grants', { bearer: owner.token });
    expect(grants.body.items[0]).toMatchObject({ kind: 'adjustment', amount: 50, expiresAt });
    const messages = await app.database.query(
      `select payload from outbox_message where account_id = $1 and topic = 'credit.adjusted'`,
      [owner.accountId],
    );
    expect(messages).toEqual([{ payload: { entryId: given.body.entry.id, amount: 50 } }]);
    const explained = await look(owner, `/entries/${given.body.entry.id}/explanation`);
    expect(explained).toMatchObject({ rule: 'An operator gave credits: goodwill', reason: 'goodwill' });
    await expectNoFaults(owner);
  });

  it('gives purchased credits without an expiry or with that of the plan, and promotional credits with the given expiry', async () => {
    const owner = await registerOwner(app);
    const newest = async () =>
      (await app.rest('GET', '/v1/credits/grants', { bearer: owner.token })).body.items[0];
    await adjust(owner, { amount: 50, reason: 'a pack', kind: 'purchase' });
    expect(await newest()).toMatchObject({ kind: 'purchase', amount: 50, expiresAt: null });
    await adjust(owner, {
      amount: 5,
      reason: 'spring',
      kind: 'promo',
      expiresAt: '2100-01-01T00:00:00.000Z',
    });
    expect(await newest()).toMatchObject({ kind: 'promo', expiresAt: '2100-01-01T00:00:00.000Z' });
    const [{ plan }] = (await app.database.query(
      'select plan_id as plan from subscription where account_id = $1',
      [owner.accountId],
    )) as [{ plan: string }];
    await app.database.query('update plan set purchase_days = 30 where id = $1', [plan]);
    const before = app.api.clock().getTime();
    await adjust(owner, { amount: 20, reason: 'a pack', kind: 'purchase' });
    await app.database.query('update plan set purchase_days = null where id = $1', [plan]);
    const days = (Date.parse((await newest()).expiresAt) - before) / 86_400_000;
    expect(days).toBeCloseTo(30, 2);
    expect(verdictOf(await adjust(owner, { amount: -1, reason: 'x', kind: 'promo' }))).toBe(
      '400 invalid_input',
    );
    await expectNoFaults(owner);
  });

  it('takes credits back in burn order, and never more than are available', async () => {
    const owner = await registerOwner(app);
    await adjust(owner, { amount: 10, reason: 'goodwill' });
    await app.rest('POST', '/v1/credits/holds', { body: { amount: 400 }, bearer: owner.token });
    const taken = await adjust(owner, { amount: -605, reason: 'given in error' });
    expect(taken.body).toMatchObject({
      entry: { from: 'available', to: 'granted', amount: 605 },
      credits: { granted: 405, available: 5, held: 400, byKind: { plan: 0, adjustment: 5 } },
    });
    const more = await adjust(owner, { amount: -6, reason: 'x' });
    expect(more.body).toMatchObject({ code: 'insufficient_credits', required: 6, available: 5 });
    await expectNoFaults(owner);
  });

  it('takes effect once for one reference, also with eight calls at once, and refuses another amount', async () => {
    const owner = await registerOwner(app);
    for (const amount of [7, -7]) {
      const body = { amount, reason: 'ticket', reference: `ticket ${amount}` };
      const ids = new Set<string>();
      const outcomes = await runConcurrently(8, 8, async () => {
        const answer = await adjust(owner, body);
        ids.add(answer.body.entry?.id);
        return verdictOf(answer);
      });
      expect(outcomes).toEqual({ ok: 8 });
      expect(ids.size).toBe(1);
      for (const other of [8, -amount])
        expect(verdictOf(await adjust(owner, { ...body, amount: other }))).toBe('409 reference_taken');
    }
    const adjustments = (await look(owner, '/entries')).items.filter(
      ({ kind }: { kind: string }) => kind === 'adjustment',
    );
    expect(adjustments).toHaveLength(2);
    const [audits] = await app.database.query(
      `select count(*)::int as count from audit_entry where account_id = $1 and action = 'credit.adjust'`,
      [owner.accountId],
    );
    expect(audits).toEqual({ count: 2 });
    await expectNoFaults(owner);
  });

  it.each([
    ['a zero amount', { amount: 0 }],
    ['no reason', { reason: undefined }],
    ['a blank reason', { reason: '  ' }],
    ['an amount above the bound', { amount: 1_000_000_001 }],
    ['a fraction', { amount: 0.5 }],
    ['an expiry in the past', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['an expiry for credits that are taken back', { amount: -1, expiresAt: '2100-01-01T00:00:00Z' }],
  ])('is refused with %s', async (_what, more) => {
    const owner = await registerOwner(app);
    const answer = await adjust(owner, { amount: 1, reason: 'x', ...more });
    expect(verdictOf(answer)).toBe('400 invalid_input');
    expect((await look(owner)).granted).toBe(1000);
  });
});
