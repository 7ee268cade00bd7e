import { withCredits } from '@tenantry/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { perToken, perUnit, writeOperations } from '../../operations.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { startProxy } from '../../proxy.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { openProxiedAccount } from '../client/with-credits.fixture.ts';

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  await writeOperations(app.database, [
    perToken('answer', [10, 1, 50]),
    perUnit('count_tokens', 2),
    perUnit('scan', 2, 'page'),
  ]);
});
afterAll(() => app.close());
beforeEach(async () => {
  owner = await registerOwner(app);
});
afterEach(async () => expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]));

const usage = { inputTokens: 2950, cachedInputTokens: 2048, outputTokens: 612, reasoningTokens: 200 };

describe.each(transports)('tokens of work that runs elsewhere, by %s', (transport) => {
  const call = (name: string, input: Record<string, unknown>) =>
    callProcedure(app, transport, { name, input, headers: { authorization: `Bearer ${owner.token}` } });

  it('are held at the most that they can cost and charged at the rates of their sorts, with an explanation', async () => {
    const most = { inputTokens: 3000, outputTokens: 800 };
    const held = await call('credit.hold', { operation: 'answer', usage: most });
    expect(held.body).toMatchObject({ amount: 70, operation: 'answer' });
    // 902 × 10 + 2048 × 1 + 612 × 50 are 41,668 thousandths.
    const settled = await call('credit.settle', { holdId: held.body.id, usage });
    expect(settled.body).toMatchObject({ status: 'settled', settledAmount: 42, unbilledAmount: 0 });
    const entries = (await call('credit.listEntries', {})).body.items;
    const { id } = entries.find(({ to }: { to: string }) => to === 'spent');
    expect((await call('credit.explain', { entryId: id })).body).toMatchObject({
      units: 3562,
      usage: { ...usage, source: 'reported' },
      price: { version: 1, creditsPerUnit: null, rates: { input: 10, cachedInput: 1, output: 50 } },
      rule: expect.stringContaining(
        '2950 tokens in, 2048 of them cached, 612 out, 200 of them reasoning, reported',
      ),
    });
    const reserved = entries.find(({ to }: { to: string }) => to === 'held');
    expect((await call('credit.explain', { entryId: reserved.id })).body).toMatchObject({
      usage: { ...most, source: 'estimated' },
    });
  });

  it('are held at the dearest rate where only their number is named, and settled by their sorts', async () => {
    const held = await call('credit.hold', { operation: 'answer', units: 4000 });
    expect(held.body).toMatchObject({ amount: 200 });
    const byNumber = await call('credit.settle', { holdId: held.body.id, units: 3562 });
    expect(verdictOf(byNumber)).toBe('400 invalid_input');
    expect(byNumber.body.errors).toEqual([
      { path: 'units', message: expect.stringContaining('name their usage') },
    ]);
    const estimated = { holdId: held.body.id, usage, usageSource: 'estimated' };
    expect((await call('credit.settle', estimated)).body).toMatchObject({
      settledAmount: 42,
      estimated: true,
    });
    const real = { ...usage, cachedInputTokens: 0 };
    expect((await call('credit.trueUp', { holdId: held.body.id, usage: real })).body).toMatchObject({
      settledAmount: 61,
    });
  });

  it('are one number where the operation has one rate', async () => {
    const held = await call('credit.hold', {
      operation: 'count_tokens',
      usage: { inputTokens: 5, outputTokens: 5 },
    });
    const settled = await call('credit.settle', {
      holdId: held.body.id,
      usage: { inputTokens: 4, outputTokens: 3 },
    });
    expect(settled.body).toMatchObject({ amount: 20, settledAmount: 14 });
  });

  it('cost nothing when there are none', async () => {
    const held = await call('credit.hold', { operation: 'answer', units: 100 });
    const none = { inputTokens: 0, outputTokens: 0 };
    expect((await call('credit.settle', { holdId: held.body.id, usage: none })).body).toMatchObject({
      settledAmount: 0,
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'an operation of another unit',
      { operation: 'scan', usage: { inputTokens: 1, outputTokens: 1 } },
      'usage',
    ],
    [
      'more cached than there is input',
      { operation: 'answer', usage: { inputTokens: 1, cachedInputTokens: 2, outputTokens: 1 } },
      'usage.cachedInputTokens',
    ],
    [
      'more reasoning than there is output',
      { operation: 'answer', usage: { inputTokens: 1, outputTokens: 1, reasoningTokens: 2 } },
      'usage.reasoningTokens',
    ],
    [
      'a negative number',
      { operation: 'answer', usage: { inputTokens: -1, outputTokens: 1 } },
      'usage.inputTokens',
    ],
    [
      'a fraction',
      { operation: 'answer', usage: { inputTokens: 1, outputTokens: 1.5 } },
      'usage.outputTokens',
    ],
    [
      'a number in a text',
      { operation: 'answer', usage: { inputTokens: '1', outputTokens: 1 } },
      'usage.inputTokens',
    ],
    ['a sort too few', { operation: 'answer', usage: { inputTokens: 1 } }, 'usage.outputTokens'],
    [
      'a sort that there is not',
      { operation: 'answer', usage: { inputTokens: 1, outputTokens: 1, audioTokens: 1 } },
      'usage.audioTokens',
    ],
    ['units beside it', { operation: 'answer', units: 1, usage: { inputTokens: 1, outputTokens: 1 } }, ''],
    ['an amount beside it', { amount: 1, usage: { inputTokens: 1, outputTokens: 1 } }, ''],
    ['no operation', { usage: { inputTokens: 1, outputTokens: 1 } }, ''],
  ])('are refused for a hold of %s, and nothing is held', async (_what, input, path) => {
    const refused = await call('credit.hold', input);
    expect(verdictOf(refused)).toBe('400 invalid_input');
    expect(refused.body.errors.map((one: { path: string }) => one.path)).toEqual([path]);
    expect((await call('credit.get', {})).body).toMatchObject({ held: 0 });
  });

  it.each<[string, Record<string, unknown>]>([
    ['units beside them', { units: 1, usage }],
    ['an amount beside them', { amount: 1, usage }],
    ['nothing', {}],
    ['no operation', { usage }],
  ])('are refused for a settle with %s, and the hold stays open', async (_what, input) => {
    const { id: holdId } = (await call('credit.hold', { amount: 5 })).body;
    expect(verdictOf(await call('credit.settle', { holdId, ...input }))).toBe('400 invalid_input');
    expect((await call('credit.getHold', { holdId })).body).toMatchObject({ status: 'open' });
  });

  it('beyond what any account has are refused with the figures', async () => {
    const many = { inputTokens: 1_000_000_000_000, outputTokens: 1_000_000_000_000 };
    expect(await call('credit.hold', { operation: 'answer', usage: many })).toMatchObject({
      status: 402,
      body: { code: 'insufficient_credits', required: 60_000_000_000, available: 1000 },
    });
  });
});

describe('work inside withCredits', () => {
  it('is settled by the tokens that it used, and released when it used none', async () => {
    const proxy = await startProxy(app.url);
    const account = await openProxiedAccount(app, proxy);
    const input = { operation: 'answer', usage: { inputTokens: 3000, outputTokens: 800 } };
    const done = await withCredits(account.tenantry, input, async () => ({ value: 'text', usage }));
    expect(done).toMatchObject({ value: 'text', hold: { status: 'settled', amount: 70, settledAmount: 42 } });
    const none = await withCredits(account.tenantry, input, async () => ({
      value: null,
      usage: { inputTokens: 0, outputTokens: 0 },
    }));
    expect(none.hold).toMatchObject({ status: 'released', settledAmount: 0 });
    expect(await account.charges()).toEqual([42]);
    await proxy.stop();
  });
});
