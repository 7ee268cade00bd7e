import { isRefusal } from '@tenantry/domain/refusals';
import { settleHold } from '@tenantry/services/credit/settle';
import { trueUpHold } from '@tenantry/services/credit/true-up';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const call = (owner: Owner, path: string, body: unknown, headers = {}) =>
  app.rest('POST', `/v1${path}`, { body, bearer: owner.token, headers });
const read = async (owner: Owner, path: string) =>
  (await app.rest('GET', `/v1${path}`, { bearer: owner.token })).body;
const trueUp = (owner: Owner, holdId: string, body: unknown, headers = {}) =>
  call(owner, `/credits/holds/${holdId}/true-up`, body, headers);
const expectNoFaults = async ({ accountId }: Owner) =>
  expect(await faultsOfBooks(app.database, accountId)).toEqual([]);

/** A new account with a hold that was settled; an estimate unless `settle` says otherwise. */
async function settled(settle: Record<string, unknown>, hold: Record<string, unknown> = { amount: 20 }) {
  const owner = await registerOwner(app);
  const { id } = (await call(owner, '/credits/holds', hold)).body;
  const body = { usageSource: 'estimated', ...settle };
  const answer = await call(owner, `/credits/holds/${id}/settle`, body);
  expect(verdictOf(answer)).toBe('ok');
  return { owner, id, answer: answer.body };
}

const entriesOf = async (owner: Owner, kind: string) =>
  (await read(owner, '/credits/entries')).items.filter((entry: { kind: string }) => entry.kind === kind);

describe('truing up an estimated settle', () => {
  it('charges what the estimate was too low by, and the hold shows the total', async () => {
    const { owner, id, answer } = await settled({ amount: 10 });
    expect(answer).toMatchObject({ settledAmount: 10, estimated: true });
    const trued = await trueUp(owner, id, { amount: 35 });
    expect(trued.body).toMatchObject({ status: 'settled', settledAmount: 35, estimated: false });
    expect(await read(owner, `/credits/holds/${id}`)).toEqual(trued.body);
    expect(await read(owner, '/credits')).toMatchObject({ available: 965, held: 0, spent: 35 });
    const [entry] = await entriesOf(owner, 'true_up');
    expect(entry).toMatchObject({ from: 'available', to: 'spent', amount: 25, holdId: id });
    await expectNoFaults(owner);
  });

  it('returns what the estimate was too high by, newest charge first, each linked and explained', async () => {
    const { owner, id } = await settled({ amount: 25, allowExcess: true });
    expect(verdictOf(await trueUp(owner, id, { amount: 12 }))).toBe('ok');
    expect(await read(owner, '/credits')).toMatchObject({ available: 988, spent: 12 });
    const entries = await entriesOf(owner, 'true_up');
    expect(entries.map(({ amount }: { amount: number }) => amount)).toEqual([8, 5]);
    const explanation = await read(owner, `/credits/entries/${entries[1].id}/explanation`);
    expect(explanation.rule).toContain('The charge was an estimate, and what the work used was less');
    expect(explanation.reverses).toMatchObject({ kind: 'settle', from: 'available', amount: 5 });
    await expectNoFaults(owner);
  });

  it('converts units at the price of the operation', async () => {
    const hold = { operation: 'write_content', units: 5000 };
    const { owner, id, answer } = await settled({ units: 4000 }, hold);
    const trued = await trueUp(owner, id, { units: 2000 });
    expect(trued.body.settledAmount).toBe(answer.settledAmount / 2);
    await expectNoFaults(owner);
  });

  it('works for a run without reported usage, by the id of the run', async () => {
    const owner = await registerOwner(app);
    app.provider.setFault('no_usage');
    const run = await call(owner, '/operations/write_content/runs', { prompt: 'One line.' });
    app.provider.setFault('none');
    expect(run.body.usage.source).toBe('estimated');
    const amount = run.body.credits.charged + 3;
    expect((await trueUp(owner, run.body.runId, { amount })).body.settledAmount).toBe(amount);
    expect((await read(owner, '/credits')).spent).toBe(amount);
    await expectNoFaults(owner);
  });

  it('takes effect once when twenty come at once, and repeats its answer only for the same Idempotency-Key', async () => {
    const { owner, id } = await settled({ amount: 10 });
    const outcomes = await runConcurrently(20, 20, async (index) =>
      verdictOf(await trueUp(owner, id, { amount: index + 1 })),
    );
    expect(outcomes).toEqual({ ok: 1, '409 hold_resolved': 19 });
    await expectNoFaults(owner);
    const other = await settled({ amount: 10 });
    const key = { 'idempotency-key': 'true-up' };
    const first = await trueUp(other.owner, other.id, { amount: 10 }, key);
    expect((await trueUp(other.owner, other.id, { amount: 10 }, key)).body).toEqual(first.body);
    expect(verdictOf(await trueUp(other.owner, other.id, { amount: 11 }))).toBe('409 hold_resolved');
    await expectNoFaults(other.owner);
  });

  it('may share its commit with the settle that it corrects', async () => {
    const owner = await registerOwner(app);
    const { id: holdId } = (await call(owner, '/credits/holds', { amount: 20 })).body;
    const actor = { kind: 'user', userId: owner.userId, sessionId: owner.userId, via: 'token' } as const;
    const callInfo = { actor, requestId: 'test', now: app.api.clock() };
    const settle = { holdId, amount: 15, allowExcess: false, usageSource: 'estimated' } as const;
    const trueUpAt = (amount: number) =>
      app.api.ledger.change(owner.accountId, { service: trueUpHold, input: { holdId, amount }, callInfo });
    const answers = await Promise.all([
      app.api.ledger.change(owner.accountId, { service: settleHold, input: settle, callInfo }),
      trueUpAt(4),
      trueUpAt(5),
    ]);
    expect(answers.map((answer) => (isRefusal(answer) ? answer.refused : 'ok'))).toEqual([
      'ok',
      'ok',
      'hold_resolved',
    ]);
    const times = await app.database.query(
      `select count(distinct xmin::text)::int as commits from ledger_entry where account_id = $1 and kind in ('settle', 'true_up')`,
      [owner.accountId],
    );
    expect(times).toEqual([{ commits: 1 }]);
    expect(await read(owner, '/credits')).toMatchObject({ available: 996, spent: 4, held: 0 });
    await expectNoFaults(owner);
  });

  it('makes no expired credits available again', async () => {
    const { owner, id } = await settled({ amount: 10 });
    await app.database.query(
      "update credit_grant set expires_at = now() - interval '1 second' where account_id = $1",
      [owner.accountId],
    );
    expect((await trueUp(owner, id, { amount: 0 })).body.settledAmount).toBe(0);
    expect(await read(owner, '/credits')).toMatchObject({ available: 0, spent: 0, expired: 1000 });
    await expectNoFaults(owner);
  });
});

describe('what cannot be trued up', () => {
  it.each([
    ['a settle at reported usage', { amount: 10, usageSource: 'reported' }],
    ['a settle without a source of its usage', { amount: 10, usageSource: undefined }],
  ])('is %s', async (_what, settle) => {
    const { owner, id } = await settled(settle);
    expect(verdictOf(await trueUp(owner, id, { amount: 5 }))).toBe('409 hold_resolved');
    expect(await entriesOf(owner, 'true_up')).toEqual([]);
  });

  it('is a hold that is open, released or expired', async () => {
    const owner = await registerOwner(app);
    const { id } = (await call(owner, '/credits/holds', { amount: 20 })).body;
    expect(verdictOf(await trueUp(owner, id, { amount: 5 }))).toBe('409 conflict');
    await call(owner, `/credits/holds/${id}/release`, {});
    expect(verdictOf(await trueUp(owner, id, { amount: 5 }))).toBe('409 hold_resolved');
    const { id: late } = (await call(owner, '/credits/holds', { amount: 20, ttlSeconds: 10 })).body;
    app.passSeconds(11);
    expect(verdictOf(await trueUp(owner, late, { amount: 5 }))).toBe('409 hold_resolved');
    app.passSeconds(-11);
  });

  it('is an amount above what is available, units without an operation, or a hold of another account', async () => {
    const { owner, id } = await settled({ amount: 10 });
    expect(verdictOf(await trueUp(owner, id, { amount: 1001 }))).toBe('402 insufficient_credits');
    expect(verdictOf(await trueUp(owner, id, { units: 5 }))).toBe('400 invalid_input');
    expect(verdictOf(await trueUp(owner, id, {}))).toBe('400 invalid_input');
    const other = await registerOwner(app);
    expect(verdictOf(await trueUp(other, id, { amount: 5 }))).toBe('404 not_found');
    expect(verdictOf(await trueUp(owner, id, { amount: 1000 }))).toBe('ok');
    await expectNoFaults(owner);
  });
});
