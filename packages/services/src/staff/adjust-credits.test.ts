import type { AdjustCreditsInput } from '@tenantry/contract/staff-credit';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { holdCredits } from '../credit/hold.ts';
import { listEntries } from '../credit/list-entries.ts';
import { listGrants } from '../credit/list-grants.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { adjustCredits } from './adjust-credits.ts';

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

type Terms = Partial<Omit<AdjustCreditsInput, 'accountId'>>;
const adjust = (amount: number, more: Terms = {}, staff = {}) => {
  const input = {
    accountId: tenant.accountId,
    kind: 'adjustment',
    reason: 'goodwill',
    ...more,
    amount,
  } as const;
  return services.asStaff(tenant, (context) => adjustCredits(context, input), staff);
};
const hold = (amount: number) => {
  const input = { amount, ttlSeconds: 60, metadata: {} };
  return services.inAccount(tenant, async ({ tx }) => accepted(await change(tx, holdCredits, input)));
};
const entries = async () =>
  (await services.inAccount(tenant, (context) => listEntries(context, { limit: 50 }))).items;
const newestGrant = async () =>
  (await services.inAccount(tenant, (context) => listGrants(context, { limit: 1 }))).items[0];

describe('adjusting credits', () => {
  it('gives a grant in one entry, with a message', async () => {
    const answer = await adjust(50, { expiresAt: '2100-01-01T00:00:00.000Z' });
    expect(answer).toMatchObject({
      entry: { kind: 'adjustment', from: 'granted', to: 'available', amount: 50 },
      credits: { granted: 1050, available: 1050, byKind: { plan: 1000, adjustment: 50 } },
    });
    const expiresAt = new Date('2100-01-01T00:00:00Z');
    expect(await newestGrant()).toMatchObject({ kind: 'adjustment', amount: 50, expiresAt });
    const messages = await services.database.query(
      "select payload->>'amount' as amount from outbox_message where account_id = $1 and topic = 'credit.adjusted'",
      [tenant.accountId],
    );
    expect(messages).toEqual([{ amount: '50' }]);
  });

  it('takes no more than is available', async () => {
    await hold(400);
    expect(await adjust(-601)).toEqual(refuse('insufficient_credits', { required: 601, available: 600 }));
    expect(await adjust(-600)).toMatchObject({
      entry: { from: 'available', to: 'granted', amount: 600 },
      credits: { available: 0, held: 400, granted: 400 },
    });
  });

  it('gives purchased credits for as long as the plan says', async () => {
    await adjust(50, { kind: 'purchase' });
    expect(await newestGrant()).toMatchObject({ kind: 'purchase', expiresAt: null });
    await services.database.query("update plan set purchase_days = 30 where slug = 'trial'");
    await adjust(50, { kind: 'purchase' });
    await services.database.query("update plan set purchase_days = null where slug = 'trial'");
    expect(await newestGrant()).toMatchObject({ expiresAt: secondsAfter(30 * 86_400) });
  });

  it.each([
    ['an expiry that has passed', 1, { expiresAt: now.toISOString() }],
    ['an expiry of credits that are taken', -1, { expiresAt: '2100-01-01T00:00:00Z' }],
    ['a kind of credits that are taken', -1, { kind: 'promo' }],
  ] as const)('refuses %s', async (_what, amount, more) => {
    expect(codeOf(await adjust(amount, more))).toBe('invalid_input');
    expect(await entries()).toHaveLength(1);
  });

  it('is done once for one reference, which belongs to its terms', async () => {
    const first = await adjust(7, { reference: 'ticket 1' });
    expect(await adjust(7, { reference: 'ticket 1' })).toEqual({
      replay: JSON.stringify(first),
      sites: null,
    });
    expect(codeOf(await adjust(8, { reference: 'ticket 1' }))).toBe('reference_taken');
    expect(codeOf(await adjust(7, { reference: 'ticket 1', reason: 'x' }))).toBe('reference_taken');
    await services.database.query('delete from idempotency_record where account_id = $1', [tenant.accountId]);
    expect(codeOf(await adjust(7, { reference: 'ticket 1' }))).toBe('reference_taken');
    expect(await entries()).toHaveLength(2);
    expect(codeOf(await adjust(7, { reference: 'ticket 2' }))).toBe('ok');
  });

  it('is refused to staff who are members of the account', async () => {
    expect(codeOf(await adjust(1, {}, { email: tenant.email }))).toBe('role_forbids');
    expect(await entries()).toHaveLength(1);
  });
});
