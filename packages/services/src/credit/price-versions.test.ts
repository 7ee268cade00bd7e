import type { TokenUsage } from '@tenantry/contract/credit-hold';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { perToken, perUnit, withdraw, writeOperations } from '@tenantry/testing/operations';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginRun, billRun } from '../operation/bill.ts';
import { listOperations } from '../operation/list.ts';
import { type ServiceTest, type Tenant, accepted, openServiceTest } from '../service.fixture.ts';
import { explainEntry } from './explain.ts';
import { holdCredits } from './hold.ts';
import { listEntries } from './list-entries.ts';
import { settleHold } from './settle.ts';
import { trueUpHold } from './true-up.ts';

let services: ServiceTest;
let tenant: Tenant;
let [name, names] = ['', 0];
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());
beforeEach(async () => {
  tenant = await services.register();
  name = `priced_${++names}`;
  await price(3);
});
afterEach(async () => expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]));

const price = (credits: number) => writeOperations(services.database, [perUnit(name, credits)]);
const hold = (units: number) =>
  services.inAccount(tenant, ({ tx }) =>
    change(tx, holdCredits, { operation: name, units, ttlSeconds: 60, metadata: {} }),
  );
const settle = (holdId: string, units: number, usageSource: 'reported' | 'estimated' = 'reported') =>
  services.inAccount(tenant, ({ tx }) =>
    change(tx, settleHold, { holdId, units, usageSource, allowExcess: false }),
  );
const holdUsage = (usage: TokenUsage) =>
  services.inAccount(tenant, ({ tx }) =>
    change(tx, holdCredits, { operation: name, usage, ttlSeconds: 60, metadata: {} }),
  );
const settleUsage = (holdId: string, usage: TokenUsage, usageSource: 'reported' | 'estimated' = 'reported') =>
  services.inAccount(tenant, ({ tx }) =>
    change(tx, settleHold, { holdId, usage, usageSource, allowExcess: false }),
  );
const trueUp = (holdId: string, units: number) =>
  services.inAccount(tenant, ({ tx }) => change(tx, trueUpHold, { holdId, units }));
const run = { prompt: 'Tea?', estimateTokens: () => 5, maxOutputTokens: 5, ttlSeconds: 60, metadata: {} };
const begin = () => services.inAccount(tenant, ({ tx }) => change(tx, beginRun, { operation: name, ...run }));
const lastEntry = async () => {
  const { items } = await services.inAccount(tenant, (context) => listEntries(context, { limit: 100 }));
  const entryId = items.find(({ to }) => to === 'spent')?.id ?? '';
  return accepted(await services.inAccount(tenant, (context) => explainEntry(context, { entryId })));
};

describe('a price that changes', () => {
  it('settles each hold at the price that it was quoted', async () => {
    const before = accepted(await hold(10));
    await price(5);
    const after = accepted(await hold(10));
    expect([before.amount, after.amount]).toEqual([30, 50]);
    expect(await settle(before.id, 9)).toMatchObject({ settledAmount: 27 });
    expect(await lastEntry()).toMatchObject({ price: { version: 1, creditsPerUnit: 3 }, units: 9 });
    expect(await settle(after.id, 9)).toMatchObject({ settledAmount: 45 });
    expect(await lastEntry()).toMatchObject({ price: { version: 2, creditsPerUnit: 5 }, units: 9 });
  });

  it('is told from the price of a hold when both are read for one batch', async () => {
    const { id } = accepted(await hold(10));
    await price(5);
    const compare: LedgerService<object, (number | undefined)[]> = {
      reads: () => ({ holdIds: [id], operations: [name] }),
      decide: ({ view }) => {
        const stored = view.hold(id);
        const quoted = stored === undefined ? undefined : view.quotedPrice(stored);
        return { books: view.books, answer: [view.price(name)?.version, quoted?.version] };
      },
    };
    expect(await services.inAccount(tenant, ({ tx }) => change(tx, compare, {}))).toEqual([2, 1]);
  });

  it('trues up an estimate at the price that its hold was quoted', async () => {
    const { id } = accepted(await hold(10));
    accepted(await settle(id, 10, 'estimated'));
    await price(1);
    expect(await trueUp(id, 12)).toMatchObject({ settledAmount: 36 });
    expect(await lastEntry()).toMatchObject({ entry: { kind: 'true_up', amount: 6 }, price: { version: 1 } });
  });

  it('bills a run at the price that it was quoted, even when that is withdrawn or has another form', async () => {
    const started = accepted(await begin());
    expect(started).toMatchObject({ amount: 30, price: { version: 1 } });
    await writeOperations(services.database, [perToken(name, [1000, 1000, 1000])]);
    await withdraw(services.database, name);
    const usage = { inputTokens: 4, outputTokens: 3, source: 'reported' } as const;
    const bill = { started, usage, output: 'Tea.', finishReason: 'stop' } as const;
    const billed = await services.inAccount(tenant, ({ tx }) => change(tx, billRun, bill));
    expect(billed).toMatchObject({ credits: { charged: 21 } });
    expect(await lastEntry()).toMatchObject({ price: { version: 1, creditsPerUnit: 3, rates: null } });
  });
});

describe('an operation that is withdrawn', () => {
  it('is refused to new holds and runs as one that is not there, and its open holds settle', async () => {
    const { id } = accepted(await hold(10));
    await withdraw(services.database, name);
    expect(await hold(1)).toEqual(refuse('not_found'));
    expect(await begin()).toEqual(refuse('not_found'));
    expect(await settle(id, 2)).toMatchObject({ settledAmount: 6 });
    const listed = await services.inAccount(tenant, listOperations);
    expect(listed.items.map((one) => one.name)).not.toContain(name);
  });
});

describe('an operation whose tokens have rates of their own', () => {
  it('is run at the sum of its sorts, rounded up once', async () => {
    await writeOperations(services.database, [perToken(name, [100, 100, 500])]);
    const started = accepted(await begin());
    // 5 × 0.1 + 5 × 0.5 are 3 credits.
    expect(started).toMatchObject({ amount: 3 });
    const usage = { inputTokens: 4, outputTokens: 3, source: 'reported' } as const;
    const bill = { started, usage, output: 'Tea.', finishReason: 'stop' } as const;
    const billed = await services.inAccount(tenant, ({ tx }) => change(tx, billRun, bill));
    expect(billed).toMatchObject({ credits: { charged: 2 } });
    const rates = { input: 100, cachedInput: 100, output: 500 };
    expect(await lastEntry()).toMatchObject({
      price: { version: 2, creditsPerUnit: null, rates },
      units: 7,
      rule: expect.stringContaining('at 100 for 1000 tokens of input, 100 of cached input and 500 of output'),
    });
  });

  it('is held at the dearest of its rates, or at the sorts that are named, and settled by their sorts', async () => {
    await writeOperations(services.database, [perToken(name, [10, 1, 50])]);
    const byNumber = accepted(await hold(2000));
    expect(byNumber).toMatchObject({ amount: 100 });
    const usage = { inputTokens: 1500, cachedInputTokens: 1000, outputTokens: 200, reasoningTokens: 50 };
    expect(await settleUsage(byNumber.id, usage)).toMatchObject({ settledAmount: 16 });
    expect(await lastEntry()).toMatchObject({
      price: { version: 2, creditsPerUnit: null },
      units: 1700,
      usage: { ...usage, source: 'reported' },
      rule: 'Charged for what the work used: 1700 tokens (1500 tokens in, 1000 of them cached, 200 out, 50 of them reasoning, reported) at 10 for 1000 tokens of input, 1 of cached input and 50 of output.',
    });
    const bySort = accepted(await holdUsage({ ...usage, cachedInputTokens: 0 }));
    expect(bySort).toMatchObject({ amount: 25 });
    expect(await settleUsage(bySort.id, { ...usage, outputTokens: 401 })).toMatchObject({
      refused: 'settle_above_hold',
    });
  });

  it('is settled by an estimate of its sorts, which is trued up once by what they were', async () => {
    await writeOperations(services.database, [perToken(name, [10, 1, 50])]);
    const { id } = accepted(await hold(2000));
    const usage = { inputTokens: 1000, cachedInputTokens: 0, outputTokens: 200, reasoningTokens: 0 };
    expect(await settleUsage(id, usage, 'estimated')).toMatchObject({ settledAmount: 20, estimated: true });
    const real = { ...usage, outputTokens: 300 };
    const trued = await services.inAccount(tenant, ({ tx }) =>
      change(tx, trueUpHold, { holdId: id, usage: real }),
    );
    expect(trued).toMatchObject({ settledAmount: 25, estimated: false });
    expect(await lastEntry()).toMatchObject({
      entry: { kind: 'true_up', amount: 5 },
      usage: { ...real, source: 'reported' },
    });
  });

  it('is not settled by a number of tokens, which says nothing of their sorts', async () => {
    const { id } = accepted(await hold(10));
    await writeOperations(services.database, [perToken(name, [1, 1, 5])]);
    const other = accepted(await hold(10));
    expect(await settle(other.id, 1)).toMatchObject({
      refused: 'invalid_input',
      facts: { errors: [{ path: 'units', message: expect.stringContaining('name their usage') }] },
    });
    // A hold of the price before is settled by it.
    expect(await settle(id, 1)).toMatchObject({ settledAmount: 3 });
  });

  it('is the only one whose tokens have sorts: usage is refused for another unit and without an operation', async () => {
    const usage = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, reasoningTokens: 0 };
    // One rate for all tokens counts them together.
    expect(accepted(await holdUsage(usage))).toMatchObject({ amount: 6 });
    await writeOperations(services.database, [perUnit(name, 1, 'page')]);
    const refused = { refused: 'invalid_input', facts: { errors: [{ path: 'usage' }] } };
    expect(await holdUsage(usage)).toMatchObject(refused);
    expect(await settleUsage(accepted(await hold(1)).id, usage)).toMatchObject(refused);
    const amount = await services.inAccount(tenant, ({ tx }) =>
      change(tx, holdCredits, { amount: 5, ttlSeconds: 60, metadata: {} }),
    );
    expect(await settleUsage(accepted(amount).id, usage)).toMatchObject(refused);
  });
});
