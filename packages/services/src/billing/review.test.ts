import { reviewDays } from '@tenantry/domain/billing/review';
import { addDays, addMonths } from '@tenantry/domain/time';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCredits } from '../credit/get.ts';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, now, openServiceTest } from '../service.fixture.ts';
import { rejectPayment } from '../staff/reject-payment.ts';
import { getSubscription } from '../subscription/get.ts';
import { moneyTest } from './money.fixture.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { ask, confirm } = moneyTest(() => services);
const end = addMonths(now, 1);
const graceEnd = addDays(end, 7);
const before = (at: Date) => new Date(Number(at) - 1);

const standingAt = (tenant: Tenant, at: Date) =>
  services.inAccount(
    tenant,
    async (context) => {
      const { standing, status } = await getSubscription(context);
      return { state: standing.state, status, plan: (await getCredits(context)).byKind.plan };
    },
    { now: at },
  );
const submit = async (tenant: Tenant, at: Date) => {
  const { id: invoiceId } = await ask(tenant, 'starter', at);
  const transfer = { invoiceId, payerName: 'A. Payer', amount: 2900, currency: 'USD' };
  const call = { now: at };
  return accepted(await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer), call))
    .id;
};
const reject = async (tenant: Tenant, paymentId: string, at: Date) => {
  const input = { paymentId, reason: 'not found' };
  accepted(await services.asStaff(tenant, (context) => rejectPayment(context, input), { at }));
};
const paid = async () => {
  const tenant = await services.register();
  await ask(tenant);
  accepted(await confirm(tenant));
  return tenant;
};

describe('grace', () => {
  it('is three days longer while the payment of a renewal waits for staff, and its credits with it (J30)', async () => {
    const tenant = await paid();
    await submit(tenant, addDays(end, 2));
    const late = addDays(graceEnd, reviewDays);
    expect(await standingAt(tenant, before(late))).toEqual({
      state: 'grace',
      status: 'past_due',
      plan: 5000,
    });
    expect(await standingAt(tenant, late)).toMatchObject({ state: 'refused', plan: 0 });
    expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
  });

  it('is as long as the plan says again when staff reject it, and no longer when it is submitted again', async () => {
    const tenant = await paid();
    const first = await submit(tenant, addDays(end, 2));
    await reject(tenant, first, addDays(end, 3));
    expect(await standingAt(tenant, before(graceEnd))).toMatchObject({ state: 'grace', plan: 5000 });
    expect(await standingAt(tenant, graceEnd)).toMatchObject({ state: 'refused', plan: 0 });
    const second = await submit(tenant, addDays(end, 4));
    expect(await standingAt(tenant, graceEnd)).toMatchObject({ state: 'grace', plan: 5000 });
    await reject(tenant, second, addDays(graceEnd, 1));
    expect(await standingAt(tenant, addDays(graceEnd, 1))).toMatchObject({ state: 'refused', plan: 0 });
    await submit(tenant, addDays(graceEnd, 1));
    expect(await standingAt(tenant, addDays(graceEnd, 1))).toMatchObject({ state: 'refused' });
  });

  it('is over when the payment is confirmed, and the next period follows the last', async () => {
    const tenant = await paid();
    const paymentId = await submit(tenant, addDays(end, 2));
    accepted(await confirm(tenant, { paymentId }, { at: addDays(end, 5) }));
    expect(await standingAt(tenant, addDays(end, 5))).toEqual({
      state: 'good',
      status: 'active',
      plan: 5000,
    });
    const next = addMonths(now, 2);
    expect(await standingAt(tenant, addDays(next, 7))).toMatchObject({ state: 'refused' });
  });
});
