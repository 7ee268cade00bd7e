import { verifyLedger } from '@tenantry/ledger/verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
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

const read = async (path: string) => (await app.rest('GET', `/v1${path}`, { bearer: owner.token })).body;
const post = (path: string, body: unknown) =>
  app.rest('POST', `/v1/credits/holds${path}`, { body, bearer: owner.token });

interface Entry {
  id: string;
  kind: string;
  from: string;
  to: string;
  amount: number;
  sequence: number;
}
const newest = async (kind: string): Promise<Entry> =>
  (await read('/credits/entries')).items.find((entry: Entry) => entry.kind === kind);

describe('a settle above its hold', () => {
  it('is refused and moves nothing, unless the caller allows the excess (I2)', async () => {
    const hold = await post('', { amount: 10 });
    const before = await read('/credits');
    expect(verdictOf(await post(`/${hold.body.id}/settle`, { amount: 15 }))).toBe('422 settle_above_hold');
    expect(await read('/credits')).toEqual(before);
    const settled = await post(`/${hold.body.id}/settle`, { amount: 15, allowExcess: true });
    expect(settled.body).toMatchObject({ status: 'settled', amount: 10, settledAmount: 15 });
    const after = await read('/credits');
    expect(after).toMatchObject({ available: before.available - 5, held: 0, spent: before.spent + 15 });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('is refused although the caller allows the excess when the available credits do not suffice', async () => {
    const { available } = await read('/credits');
    const hold = await post('', { amount: available - 1 });
    const path = `/${hold.body.id}/settle`;
    const excess = { amount: available + 1, allowExcess: true };
    const refused = await post(path, excess);
    expect(verdictOf(refused)).toBe('402 insufficient_credits');
    expect(refused.body).toMatchObject({ required: 2, available: 1 });
    expect(verdictOf(await post(path, { ...excess, amount: available }))).toBe('ok');
    expect(await read('/credits')).toMatchObject({ available: 0, held: 0 });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
    owner = await registerOwner(app);
  });
});

describe('a settle after the expiry of its hold', () => {
  it('reports what was not charged, up to the largest safe integer (I6)', async () => {
    const hold = await post('', { operation: 'generate_image', units: 1, ttlSeconds: 10 });
    app.passSeconds(11);
    const late = await post(`/${hold.body.id}/settle`, { units: Number.MAX_SAFE_INTEGER });
    app.passSeconds(-11);
    expect(late.body).toMatchObject({
      status: 'expired',
      settledAmount: 0,
      unbilledAmount: Number.MAX_SAFE_INTEGER,
    });
  });
});

describe('an entry', () => {
  it('explains its charge: operation, hold, grants, price, units and the rule', async () => {
    const hold = await post('', { operation: 'write_content', units: 20_000 });
    await post(`/${hold.body.id}/settle`, { units: 250 });
    const { id, amount } = await newest('settle');
    const charge = (await read('/credits/entries')).items.find(
      (entry: Entry) => entry.kind === 'settle' && entry.to === 'spent',
    );
    const explanation = await read(`/credits/entries/${charge.id}/explanation`);
    const { items: grants } = await read('/credits/grants');
    expect(explanation).toMatchObject({
      entry: { id: charge.id, operation: 'write_content', amount: charge.amount },
      hold: { id: hold.body.id, status: 'settled', settledAmount: charge.amount },
      grants: [{ id: grants[0].id, kind: 'plan', reference: 'registration', amount: charge.amount }],
      units: 250,
    });
    const { unitSize, creditsPerUnit, creditsMin } = explanation.price;
    expect(Math.max(creditsMin, Math.ceil(250 / unitSize) * creditsPerUnit)).toBe(charge.amount);
    expect(explanation.rule).toContain('250 tokens at');
    expect(amount).toBe(hold.body.amount - charge.amount);
    const rest = await read(`/credits/entries/${id}/explanation`);
    expect(rest.rule).toBe('What the work did not use of its hold was given back.');
  });

  it('of a run shows the tokens that were counted', async () => {
    const body = { prompt: 'Write one sentence about tea.' };
    const run = await app.rest('POST', '/v1/operations/write_content/runs', { body, bearer: owner.token });
    const entry = (await read('/credits/entries')).items.find((one: Entry) => one.to === 'spent');
    const explanation = await read(`/credits/entries/${entry.id}/explanation`);
    expect(explanation).toMatchObject({ usage: run.body.usage, hold: { id: run.body.runId } });
    expect(entry.amount).toBe(run.body.credits.charged);
  });
});

describe('the balance at a time', () => {
  it('is the balance of that time, with the expiries until then', async () => {
    const bearer = (await registerOwner(app)).token;
    const at = (moment: Date) =>
      app.rest('GET', `/v1/credits?at=${encodeURIComponent(moment.toISOString())}`, { bearer });
    const beforeHold = app.api.clock();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const hold = await app.rest('POST', '/v1/credits/holds', {
      body: { amount: 40, ttlSeconds: 60 },
      bearer,
    });
    expect(verdictOf(hold)).toBe('ok');
    app.passSeconds(30);
    const held = app.api.clock();
    app.passSeconds(60);
    const now = (await app.rest('GET', '/v1/credits', { bearer })).body;
    expect((await at(beforeHold)).body).toEqual(now);
    expect((await at(held)).body).toMatchObject({ available: 960, held: 40, byKind: { plan: 960 } });
    expect((await at(app.api.clock())).body).toEqual(now);
    const future = new Date(app.api.clock().getTime() + 60_000);
    expect(verdictOf(await at(future))).toBe('400 invalid_input');
    app.passSeconds(-90);
  });
});

describe('verify-ledger', () => {
  const verify = (accountId = owner.accountId) => verifyLedger(app.database.url('tenantry_owner'), accountId);

  it('finds no fault in books that the API wrote, also while it writes', async () => {
    const work = runConcurrently(60, 10, async () => {
      const hold = await post('', { amount: 2 });
      return verdictOf(await post(`/${hold.body.id}/settle`, { amount: 1 }));
    });
    for (let round = 0; round < 5; round += 1) expect((await verify()).faults).toEqual([]);
    expect(await work).toEqual({ ok: 60 });
    const all = await verifyLedger(app.database.url('tenantry_owner'));
    expect(all.faults).toEqual([]);
    expect(all.accounts).toBeGreaterThan(2);
  });

  it.each([
    ['an amount', 'update ledger_entry set amount = amount + 1 where', 'breaks the chain'],
    ['an actor', "update ledger_entry set actor = 'nobody' where", 'breaks the chain'],
    ['a fact', 'update ledger_entry set facts = \'{"units": 1}\' where', 'breaks the chain'],
    ['an entry that is gone', 'delete from ledger_entry where', 'breaks the chain'],
  ])('names the first bad entry: %s', async (_what, sql, fault) => {
    const { accountId, token } = await registerOwner(app);
    for (let count = 0; count < 3; count += 1)
      await app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: token });
    await app.database.query(`${sql} account_id = $1 and sequence = 3`, [accountId]);
    const { faults } = await verify(accountId);
    expect(faults).toEqual([expect.objectContaining({ sequence: sql.startsWith('delete') ? 4 : 3, fault })]);
  });

  it.each([
    [
      'the balance',
      'update credit_balance set available = available + 1, granted = granted + 1',
      'available is',
    ],
    ['a grant', 'update credit_grant set amount = amount + 1, available = available + 1', 'grant '],
    ['a hold', "update credit_hold set status = 'released', settled_amount = 0", 'hold '],
  ])('names a stored value that does not follow from the journal: %s', async (_what, sql, fault) => {
    const { accountId, token } = await registerOwner(app);
    await app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: token });
    await app.database.query(`${sql} where account_id = $1`, [accountId]);
    const { faults } = await verify(accountId);
    expect(faults.map((one) => one.fault).join()).toContain(fault);
  });

  it('cannot be deceived by the role of the API, which may not change the journal (I18)', async () => {
    const callInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() } as const;
    for (const sql of [
      'update ledger_entry set amount = 1',
      'delete from ledger_entry',
      'truncate ledger_entry',
    ]) {
      const attempt = app.database.api.inAccount.write({ accountId: owner.accountId }, callInfo, ({ em }) =>
        em.execute(sql),
      );
      await expect(attempt, sql).rejects.toThrow('permission denied');
    }
  });
});
