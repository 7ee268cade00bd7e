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

  it('is not held or settled by a number of tokens, which says nothing of their sorts', async () => {
    const { id } = accepted(await hold(10));
    await writeOperations(services.database, [perToken(name, [1, 1, 5])]);
    expect(await hold(10)).toMatchObject({ refused: 'invalid_input' });
    // A hold of the price before is settled by it.
    expect(await settle(id, 1)).toMatchObject({ settledAmount: 3 });
  });
});
