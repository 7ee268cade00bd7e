import { readDemoCatalogue } from '@tenantry/catalogue/file';
import { type Applied, type Move, applyCatalogue, withCatalogue } from '@tenantry/db/catalogue/apply';
import type { Catalogue, CatalogueOperation } from '@tenantry/domain/catalogue/catalogue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Owner, registerOwner } from '../../users.ts';

const demo = readDemoCatalogue();
const request = demo.operations['generate_ideas'];
if (request === undefined) throw new Error('the demo has no operation generate_ideas');
const costs = (change: Partial<CatalogueOperation>): CatalogueOperation => ({
  ...request,
  unit: 'word',
  minimum: 0,
  rate: 3,
  ...change,
});

let app: TestApp;
let owner: Owner;
let [operation, count] = ['', 0];
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  owner = await registerOwner(app);
  operation = `priced_${++count}`;
  await sell(costs({}));
});
afterAll(() => app.close());

const apply = (wanted: Catalogue, move?: Move): Promise<Applied> =>
  withCatalogue(app.database.url('tenantry_owner'), (database) =>
    applyCatalogue(
      database,
      wanted,
      { actor: { kind: 'system', job: 'cli' }, requestId: 'test', now: new Date() },
      { move },
    ),
  );
/** Applies a file in which the operation costs this, or from which it is gone. */
const sell = (price: CatalogueOperation | undefined) =>
  apply({
    ...demo,
    operations: { ...demo.operations, ...(price === undefined ? {} : { [operation]: price }) },
  });

const read = async (path: string) => (await app.rest('GET', `/v1${path}`, { bearer: owner.token })).body;
/** The explanation of the last charge of a hold. */
async function chargeOf(holdId: string) {
  const { items } = await read('/credits/entries');
  const charge = items.find(
    (entry: { holdId: string; to: string }) => entry.holdId === holdId && entry.to === 'spent',
  );
  return read(`/credits/entries/${charge.id}/explanation`);
}

describe.each(transports)('a hold that is open while a catalogue is applied, by %s', (transport) => {
  const call = (name: string, input: Record<string, unknown>) =>
    callProcedure(app, transport, { name, input, headers: { authorization: `Bearer ${owner.token}` } });
  const hold = async (units: number): Promise<string> => {
    const held = await call('credit.hold', { operation, units });
    expect(verdictOf(held)).toBe('ok');
    return held.body.id;
  };
  const quoted = { version: 1, creditsPerUnit: 3, rates: null };

  it.each<[string, CatalogueOperation | undefined]>([
    ['costs more', costs({ rate: 9 })],
    ['costs less', costs({ rate: 1 })],
    ['is counted otherwise', costs({ unit: 'page', rate: 7, unitSize: 2 })],
    [
      'has rates of its own for tokens',
      costs({ unit: 'token', rate: null, rates: { input: 9, cachedInput: 1, output: 50 } }),
    ],
    ['is withdrawn', undefined],
  ])('is charged what it was quoted when its operation %s', async (_what, price) => {
    const [settled, extended, estimated] = [await hold(10), await hold(10), await hold(10)];
    await call('credit.settle', { holdId: estimated, units: 8, usageSource: 'estimated' });
    await sell(price);
    expect((await call('credit.settle', { holdId: settled, units: 9 })).body).toMatchObject({
      settledAmount: 27,
    });
    const longer = await call('credit.extend', { holdId: extended, ttlSeconds: 3600 });
    expect(longer.body).toMatchObject({ id: extended, amount: 30, status: 'open' });
    expect((await call('credit.settle', { holdId: extended, units: 10 })).body).toMatchObject({
      settledAmount: 30,
    });
    const trued = await call('credit.trueUp', { holdId: estimated, units: 10 });
    expect(trued.body).toMatchObject({ settledAmount: 30 });
    for (const [holdId, units] of [
      [settled, 9],
      [extended, 10],
      [estimated, 10],
    ] as const)
      expect(await chargeOf(holdId)).toMatchObject({
        price: quoted,
        units,
        rule: expect.stringContaining('at 3 for each started word'),
      });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('is withdrawn: nothing new is held, and one that comes back costs what it says then', async () => {
    const open = await hold(2);
    await sell(undefined);
    expect(verdictOf(await call('credit.hold', { operation, units: 1 }))).toBe('404 not_found');
    expect(verdictOf(await call('operation.run', { operation, prompt: 'Tea?' }))).toBe('404 not_found');
    await sell(costs({ rate: 5 }));
    const again = await call('credit.hold', { operation, units: 2 });
    expect(again.body).toMatchObject({ amount: 10 });
    expect((await call('credit.settle', { holdId: open, units: 2 })).body).toMatchObject({
      settledAmount: 6,
    });
    expect((await call('credit.settle', { holdId: again.body.id, units: 2 })).body).toMatchObject({
      settledAmount: 10,
    });
    expect(await chargeOf(again.body.id)).toMatchObject({ price: { version: 2, creditsPerUnit: 5 } });
  });

  it.each(['operation.run', 'operation.stream'])(
    'is a run that has begun: %s',
    async (name) => {
      app.provider.setAnswer({
        delayMilliseconds: 2000,
        text: 'one two three four',
        usage: { prompt_tokens: 4, completion_tokens: 4 },
      });
      const asked = app.provider.requestCount();
      const running = call(name, { operation, prompt: 'Tea?', maxOutputTokens: 20 });
      while (app.provider.requestCount() === asked) await new Promise((resolve) => setTimeout(resolve, 10));
      await sell(costs({ rate: 100 }));
      const ended = await running;
      app.provider.setAnswer({});
      const answer = name === 'operation.run' ? ended.body : ended.body.events.at(-1);
      // Four tokens are three words.
      expect(answer).toMatchObject({ credits: { charged: 9 } });
      expect(await chargeOf(answer.runId)).toMatchObject({ price: quoted, units: 3 });
    },
    20_000,
  );
});

describe('a plan whose currency changes while accounts have it', () => {
  it('is refused to whoever moves them, with the line, and they keep their version without', async () => {
    const { trial } = demo.plans;
    if (trial === undefined) throw new Error('the demo has no trial');
    const wanted = {
      ...demo,
      plans: { ...demo.plans, trial: { ...trial, price: { amount: 0, currency: 'EUR' } } },
    };
    for (const move of ['renewal', 'now'] as const)
      expect(await apply(wanted, move)).toEqual({
        faults: [
          'The plan trial has another currency or cycle than version 1, which accounts have, or one of both costs nothing. Apply without a move, or give the new plan a name of its own.',
        ],
      });
    const before = await read('/entitlements');
    expect(await apply(wanted)).toMatchObject({
      changes: expect.arrayContaining([expect.objectContaining({ name: 'trial', change: 'version' })]),
    });
    expect(await read('/entitlements')).toEqual(before);
  });
});
