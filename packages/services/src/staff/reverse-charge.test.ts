import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { holdCredits } from '../credit/hold.ts';
import { listEntries } from '../credit/list-entries.ts';
import { settleHold } from '../credit/settle.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { reverseCharge } from './reverse-charge.ts';

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

const reverse = (entryId: string, amount?: number, staff = {}) => {
  const input = { accountId: tenant.accountId, entryId, amount, reason: 'our fault' };
  return services.asStaff(tenant, (context) => reverseCharge(context, input), staff);
};
const hold = (amount: number) => {
  const input = { amount, ttlSeconds: 60, metadata: {} };
  return services.inAccount(tenant, async ({ tx }) => accepted(await change(tx, holdCredits, input)));
};
const entries = async () =>
  (await services.inAccount(tenant, (context) => listEntries(context, { limit: 50 }))).items;

/** The entry of a charge of some credits. */
async function charge(amount: number): Promise<string> {
  const { id: holdId } = await hold(amount + 2);
  const used = { holdId, amount, allowExcess: false, usageSource: 'reported' } as const;
  await services.inAccount(tenant, async ({ tx }) => accepted(await change(tx, settleHold, used)));
  return (await entries()).find(({ to }) => to === 'spent')?.id ?? '';
}

describe('reversing a charge', () => {
  it('gives it back once, linked to the charge', async () => {
    const entryId = await charge(8);
    expect(await reverse(entryId)).toMatchObject({
      entry: { kind: 'reversal', from: 'spent', to: 'available', amount: 8, reversesId: entryId },
      credits: { available: 1000, spent: 0 },
    });
    expect(codeOf(await reverse(entryId))).toBe('conflict');
    expect(await services.topicsOf(tenant)).toEqual(['account.registered', 'credit.reversed']);
  });

  it('gives back a part, and refuses more than the charge with the figures', async () => {
    const entryId = await charge(8);
    expect(await reverse(entryId, 9)).toEqual(refuse('amount_mismatch', { required: 9, available: 8 }));
    expect(await reverse(entryId, 3)).toMatchObject({ credits: { available: 995, spent: 5 } });
    expect(codeOf(await reverse(entryId, 1))).toBe('conflict');
  });

  it('refuses an entry that is no charge, and one that is not there', async () => {
    const grant = (await entries()).at(-1)?.id ?? '';
    expect(codeOf(await reverse(grant))).toBe('conflict');
    expect(codeOf(await reverse(newId()))).toBe('not_found');
  });

  it('makes credits of a grant that has ended usable again', async () => {
    const entryId = await charge(8);
    const afterTrial = { at: secondsAfter(15 * 86_400) };
    expect(await reverse(entryId, undefined, afterTrial)).toMatchObject({
      credits: { available: 8, spent: 0, expired: 992, byKind: { plan: 0, adjustment: 8 } },
    });
  });

  it('is refused to staff who are members of the account', async () => {
    const entryId = await charge(8);
    expect(codeOf(await reverse(entryId, 1, { email: tenant.email }))).toBe('role_forbids');
    expect(codeOf(await reverse(entryId, 1))).toBe('ok');
  });
});
