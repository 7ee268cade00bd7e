import { verifyLedger } from '@tenantry/ledger/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';
import { sameBytes, verdictOf } from '../../procedures.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const never = '0198f000-0000-7000-8000-00000000ffff';
const correct = (verb: 'adjust' | 'reverse', { accountId }: Owner, body: unknown, bearer = finance) =>
  app.admin.rest('POST', `/v1/accounts/${accountId}/credits/${verb}`, { body, bearer });
const look = async ({ accountId }: Owner, path = '') =>
  (await app.admin.rest('GET', `/v1/accounts/${accountId}/credits${path}`, { bearer: finance })).body;
const post = (owner: Owner, path: string, body: unknown) =>
  app.rest('POST', `/v1/credits/holds${path}`, { body, bearer: owner.token });
const expectNoFaults = async ({ accountId }: Owner) =>
  expect(await faultsOfBooks(app.database, accountId)).toEqual([]);

interface Entry {
  id: string;
  kind: string;
  to: string;
  amount: number;
}

/** A charge of some credits, as its entry. */
async function charged(owner: Owner, amount: number): Promise<Entry> {
  const hold = await post(owner, '', { amount: amount + 2 });
  expect(verdictOf(await post(owner, `/${hold.body.id}/settle`, { amount }))).toBe('ok');
  const { items } = await look(owner, '/entries');
  return items.find((entry: Entry) => entry.kind === 'settle' && entry.to === 'spent');
}

async function refusedChanges(action: string): Promise<number> {
  const sql = 'select count(*)::int as refused from security_event where action = $1';
  return Number((await app.database.query(sql, [action]))[0]?.['refused']);
}

describe('reversing a charge', () => {
  it('returns the credits to their grant once, linked to the charge, when eight try at once (I5)', async () => {
    const owner = await registerOwner(app);
    const { id: entryId } = await charged(owner, 8);
    const outcomes = await runConcurrently(8, 8, async () =>
      verdictOf(await correct('reverse', owner, { entryId, reason: 'our fault' })),
    );
    expect(outcomes).toEqual({ ok: 1, '409 conflict': 7 });
    expect(await look(owner)).toMatchObject({ available: 1000, spent: 0, granted: 1000 });
    const explained = await look(owner, `/entries/${entryId}/explanation`);
    expect(explained.reversedBy).toMatchObject([{ kind: 'reversal', amount: 8, reversesId: entryId }]);
    const refund = await look(owner, `/entries/${explained.reversedBy[0].id}/explanation`);
    expect(refund).toMatchObject({
      rule: 'An operator refunded a charge: our fault',
      reverses: { id: entryId },
      hold: { settledAmount: 8 },
    });
    await expectNoFaults(owner);
  });

  it('refuses more than the charge and names both amounts, and returns a part of a charge (I5)', async () => {
    const owner = await registerOwner(app);
    const { id: entryId } = await charged(owner, 8);
    const above = await correct('reverse', owner, { entryId, amount: 9, reason: 'x' });
    expect(above.body).toMatchObject({ status: 422, code: 'amount_mismatch', required: 9, available: 8 });
    const part = await correct('reverse', owner, { entryId, amount: 3, reason: 'x' });
    expect(part.body.credits).toMatchObject({ available: 995, spent: 5 });
    expect(verdictOf(await correct('reverse', owner, { entryId, amount: 1, reason: 'x' }))).toBe(
      '409 conflict',
    );
    await expectNoFaults(owner);
  });

  it('refuses an entry that is no charge, a refund, and a charge of another account as one that does not exist (I5)', async () => {
    const [owner, other] = [await registerOwner(app), await registerOwner(app)];
    const { id: entryId } = await charged(owner, 8);
    const { items } = await look(owner, '/entries');
    for (const { id } of items.filter((entry: Entry) => entry.to !== 'spent'))
      expect(verdictOf(await correct('reverse', owner, { entryId: id, reason: 'x' }))).toBe('409 conflict');
    const refund = await correct('reverse', owner, { entryId, reason: 'x' });
    const again = await correct('reverse', owner, { entryId: refund.body.entry.id, reason: 'x' });
    expect(verdictOf(again)).toBe('409 conflict');
    const foreign = await correct('reverse', other, { entryId, reason: 'x' });
    const random = await correct('reverse', other, { entryId: never, reason: 'x' });
    expect(verdictOf(foreign)).toBe('404 not_found');
    expect(sameBytes(foreign)).toBe(sameBytes(random));
    const nobody = await correct('reverse', { ...other, accountId: never }, { entryId, reason: 'x' });
    expect(sameBytes(nobody)).toBe(sameBytes(random));
    await expectNoFaults(owner);
  });

  it('makes the credits of an expired grant usable again, and leaves the past balance as it was (I20)', async () => {
    const owner = await registerOwner(app);
    const { id: entryId } = await charged(owner, 8);
    const before = app.api.clock();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await app.database.query(
      "update credit_grant set expires_at = now() - interval '1 second' where account_id = $1",
      [owner.accountId],
    );
    const refunded = await correct('reverse', owner, { entryId, reason: 'our fault' });
    expect(refunded.body.credits).toMatchObject({ available: 8, spent: 0, expired: 992, granted: 1000 });
    expect(refunded.body.credits.byKind).toMatchObject({ adjustment: 8, plan: 0 });
    expect(verdictOf(await post(owner, '', { amount: 8 }))).toBe('ok');
    const at = await look(owner, `?at=${encodeURIComponent(before.toISOString())}`);
    expect(at).toMatchObject({ spent: 8, byKind: { adjustment: 0 } });
    await expectNoFaults(owner);
  });
});

describe('a reversal and a true-up of one charge', () => {
  const estimated = async () => {
    const owner = await registerOwner(app);
    const hold = await post(owner, '', { amount: 12 });
    await post(owner, `/${hold.body.id}/settle`, { amount: 10, usageSource: 'estimated' });
    const { items } = await look(owner, '/entries');
    const { id: entryId } = items.find((entry: Entry) => entry.to === 'spent');
    const trueUp = async (amount: number) =>
      verdictOf(await post(owner, `/${hold.body.id}/true-up`, { amount }));
    const reverse = async (amount: number) =>
      verdictOf(await correct('reverse', owner, { entryId, amount, reason: 'x' }));
    return { owner, trueUp, reverse };
  };

  it('never return the same credits twice: a charge that staff reversed is not trued up', async () => {
    const { owner, trueUp, reverse } = await estimated();
    expect(await reverse(1)).toBe('ok');
    for (const amount of [0, 10, 20]) expect(await trueUp(amount)).toBe('409 conflict');
    expect((await look(owner)).spent).toBe(9);
    await expectNoFaults(owner);
  });

  it('never return more than the charge: staff reverse what a true-up left', async () => {
    const { owner, trueUp, reverse } = await estimated();
    expect(await trueUp(6)).toBe('ok');
    expect(await reverse(7)).toBe('422 amount_mismatch');
    expect(await reverse(6)).toBe('ok');
    expect(await look(owner)).toMatchObject({ available: 1000, spent: 0 });
    await expectNoFaults(owner);
  });

  it('leave correct books whichever of them is first (I5)', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { owner, trueUp, reverse } = await estimated();
      const [trued, reversed] = await Promise.all([trueUp(6), reverse(10)]);
      expect([
        ['ok', '422 amount_mismatch'],
        ['409 conflict', 'ok'],
      ]).toContainEqual([trued, reversed]);
      await expectNoFaults(owner);
    }
  });
});

describe('corrections', () => {
  it('are refused to staff without the permission and to members of the account, and each refusal is recorded', async () => {
    const owner = await registerOwner(app);
    const { id: entryId } = await charged(owner, 8);
    const before = [await refusedChanges('credit.adjust'), await refusedChanges('credit.reverse')];
    const support = await signInStaff(app, 'support');
    const insider = await signInStaff(app, 'finance', owner.email);
    for (const bearer of [support, insider]) {
      const adjusted = await correct('adjust', owner, { amount: 1, reason: 'x' }, bearer);
      const reversed = await correct('reverse', owner, { entryId, reason: 'x' }, bearer);
      expect([adjusted, reversed].map(verdictOf)).toEqual(['403 role_forbids', '403 role_forbids']);
    }
    await correct('reverse', owner, { entryId: never, reason: 'x' });
    const after = [await refusedChanges('credit.adjust'), await refusedChanges('credit.reverse')];
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([2, 3]);
    const administrator = await signInStaff(app, 'platform_admin');
    expect(verdictOf(await correct('adjust', owner, { amount: 1, reason: 'x' }, administrator))).toBe('ok');
  });

  it.each([
    ['the reason', `facts = facts || '{"reason": "another"}'`, 'breaks the chain'],
    ['the entry that is reversed', `facts = facts - 'reverses'`, 'breaks the chain'],
  ])('cannot be changed afterwards without detection: %s', async (_what, change, fault) => {
    const owner = await registerOwner(app);
    const { id: entryId } = await charged(owner, 8);
    await correct('reverse', owner, { entryId, reason: 'our fault' });
    const verify = async () =>
      (await verifyLedger(app.database.url('tenantry_owner'), owner.accountId)).faults;
    expect(await verify()).toEqual([]);
    const sql = `update ledger_entry set ${change} where account_id = $1 and kind = 'reversal'`;
    await app.database.query(sql, [owner.accountId]);
    expect(await verify()).toEqual([expect.objectContaining({ fault })]);
  });

  it('are unique in the database too: it rejects a second refund of a charge and a second use of a reference', async () => {
    const owner = await registerOwner(app);
    const { id: entryId } = await charged(owner, 8);
    await correct('reverse', owner, { entryId, reason: 'x' });
    await correct('adjust', owner, { amount: 1, reason: 'x', reference: 'r' });
    const copy = (kind: string) =>
      app.database.query(
        `insert into ledger_entry (account_id, id, sequence, at, kind, from_book, to_book, amount, available_after, actor,
         request_id, facts, hash) select account_id, gen_random_uuid(), sequence + 100, at, kind, from_book, to_book, amount,
         available_after, actor, request_id, facts, hash from ledger_entry where account_id = $1 and kind = $2`,
        [owner.accountId, kind],
      );
    await expect(copy('reversal')).rejects.toThrow('ledger_entry_reverses_once');
    await expect(copy('adjustment')).rejects.toThrow('ledger_entry_reference');
  });
});
