import type { CreateHoldInput, SettleHoldInput } from '@tenantry/contract/credit-hold';
import type { CallInfo } from '@tenantry/db/transaction';
import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { getCredits } from './get.ts';
import { getHold } from './get-hold.ts';
import { holdCredits } from './hold.ts';
import { releaseHold } from './release.ts';
import { settleHold } from './settle.ts';
import { trueUpHold } from './true-up.ts';

let services: ServiceTest;
let tenant: Tenant;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());
beforeEach(async () => {
  tenant = await services.register();
});
afterEach(async () => expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]));

type Call = Partial<CallInfo>;
const hold = (input: Partial<CreateHoldInput>) =>
  services.inAccount(tenant, ({ tx }) => change(tx, holdCredits, { ttlSeconds: 60, metadata: {}, ...input }));
const held = async (input: Partial<CreateHoldInput>) => accepted(await hold(input)).id;
const settle = (holdId: string, used: Partial<SettleHoldInput>, call: Call = {}) => {
  const input = { allowExcess: false, usageSource: 'reported', ...used, holdId } as const;
  return services.inAccount(tenant, ({ tx }) => change(tx, settleHold, input), call);
};
const estimate = async (amount: number) => {
  const id = await held({ amount: 20 });
  accepted(await settle(id, { amount, usageSource: 'estimated' }));
  return id;
};
const trueUp = (holdId: string, used: { amount?: number; units?: number }, call: Call = {}) =>
  services.inAccount(tenant, ({ tx }) => change(tx, trueUpHold, { holdId, ...used }), call);
const release = (holdId: string) =>
  services.inAccount(tenant, ({ tx }) => change(tx, releaseHold, { holdId }));
const credits = () => services.inAccount(tenant, getCredits);

describe('holding credits', () => {
  it('takes an amount, or the price of units of an operation', async () => {
    expect(await hold({ amount: 7 })).toMatchObject({ amount: 7, status: 'open', operation: null });
    const priced = await hold({ operation: 'write_content', units: 1001 });
    expect(priced).toMatchObject({ amount: 20, operation: 'write_content' });
    expect(await credits()).toMatchObject({ available: 973, held: 27 });
  });

  it('is refused above what is available, with the figures', async () => {
    expect(await hold({ amount: 1001 })).toEqual(
      refuse('insufficient_credits', { required: 1001, available: 1000 }),
    );
  });

  it('is refused without an amount or units, and for an operation that is not there', async () => {
    expect(codeOf(await hold({ operation: 'write_content' }))).toBe('invalid_input');
    expect(codeOf(await hold({ operation: 'levitate', units: 1 }))).toBe('not_found');
  });
});

describe('settling a hold', () => {
  it('charges what was used, by amount or by units, and gives the rest back', async () => {
    const [byAmount, byUnits] = [
      await held({ amount: 20 }),
      await held({ operation: 'write_content', units: 2000 }),
    ];
    expect(await settle(byAmount, { amount: 15 })).toMatchObject({ status: 'settled', settledAmount: 15 });
    expect(await settle(byUnits, { units: 1 })).toMatchObject({ settledAmount: 10, unbilledAmount: 0 });
    expect(await credits()).toMatchObject({ available: 975, held: 0, spent: 25 });
  });

  it('is refused above the hold, unless the caller allows it and the available credits reach', async () => {
    const id = await held({ amount: 990 });
    expect(codeOf(await settle(id, { amount: 991 }))).toBe('settle_above_hold');
    expect(await settle(id, { amount: 1001, allowExcess: true })).toEqual(
      refuse('insufficient_credits', { required: 11, available: 10 }),
    );
    expect(codeOf(await settle(id, { amount: 1000, allowExcess: true }))).toBe('ok');
    expect(await credits()).toMatchObject({ available: 0, spent: 1000 });
  });

  it('charges nothing for a hold that ran out, and says what was not billed', async () => {
    const id = await held({ amount: 20 });
    const late = await settle(id, { amount: 15 }, { now: secondsAfter(60) });
    expect(late).toMatchObject({ status: 'expired', settledAmount: 0, unbilledAmount: 15 });
    const unwritten = await held({ amount: 20 });
    const read = (holdId: string) =>
      services.inAccount(tenant, (context) => getHold(context, { holdId }), { now: secondsAfter(60) });
    for (const holdId of [id, unwritten])
      expect(await read(holdId)).toMatchObject({ status: 'expired', settledAmount: 0 });
  });

  it('is refused twice, for units without an operation, and for a hold that the actor may not see', async () => {
    const id = await held({ amount: 20 });
    expect(codeOf(await settle(id, { units: 1 }))).toBe('invalid_input');
    expect(codeOf(await settle(newId(), { amount: 1 }))).toBe('not_found');
    const elsewhere = { sites: [newId()] };
    expect(codeOf(await settle(id, { amount: 1 }, elsewhere))).toBe('not_found');
    const read = await services.inAccount(tenant, (context) => getHold(context, { holdId: id }), elsewhere);
    expect(codeOf(read)).toBe('not_found');
    accepted(await settle(id, { amount: 1 }));
    expect(codeOf(await settle(id, { amount: 1 }))).toBe('hold_resolved');
    expect(codeOf(await release(id))).toBe('hold_resolved');
  });
});

describe('truing an estimate up', () => {
  it('charges more, or gives back, once', async () => {
    const [more, less] = [await estimate(10), await estimate(10)];
    expect(await trueUp(more, { amount: 13 })).toMatchObject({ settledAmount: 13, estimated: false });
    expect(await trueUp(less, { amount: 4 })).toMatchObject({ settledAmount: 4 });
    expect(await credits()).toMatchObject({ available: 983, spent: 17 });
    expect(codeOf(await trueUp(more, { amount: 1 }))).toBe('hold_resolved');
  });

  it('is refused for an open hold, one that was released, and one that was settled as reported', async () => {
    const [open, released, reported] = [
      await held({ amount: 1 }),
      await held({ amount: 1 }),
      await held({ amount: 1 }),
    ];
    expect(codeOf(await trueUp(open, { amount: 1 }))).toBe('conflict');
    accepted(await release(released));
    accepted(await settle(reported, { amount: 1 }));
    for (const id of [released, reported])
      expect(codeOf(await trueUp(id, { amount: 1 }))).toBe('hold_resolved');
    expect(codeOf(await trueUp(open, { amount: 1 }, { now: secondsAfter(60) }))).toBe('hold_resolved');
  });

  it('is refused beyond what is available, for units without an operation, and for a foreign hold', async () => {
    const id = await estimate(10);
    expect(await trueUp(id, { amount: 1001 })).toEqual(
      refuse('insufficient_credits', { required: 991, available: 990 }),
    );
    expect(codeOf(await trueUp(id, { units: 1 }))).toBe('invalid_input');
    expect(codeOf(await trueUp(id, { amount: 1 }, { sites: [newId()] }))).toBe('not_found');
    expect(codeOf(await trueUp(id, { amount: 1000 }))).toBe('ok');
  });
});
