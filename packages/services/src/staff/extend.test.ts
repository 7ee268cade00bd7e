import { reviewDays } from '@tenantry/domain/billing/review';
import { addDays, addMonths } from '@tenantry/domain/time';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moneyTest } from '../billing/money.fixture.ts';
import { getCredits } from '../credit/get.ts';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { getSubscription } from '../subscription/get.ts';
import { extendSubscription, previewExtension } from './extend.ts';
import { rejectPayment } from './reject-payment.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { ask, confirm } = moneyTest(() => services);
const trialEnd = addDays(now, 14);
const paidEnd = addMonths(now, 1);
const graceEnd = addDays(paidEnd, 7);
const before = (at: Date) => new Date(Number(at) - 1);

const inputOf = ({ accountId }: Tenant, days: number) => ({ accountId, days, reason: 'asked by phone' });
const extend = (tenant: Tenant, days: number, at = now, email?: string) =>
  services.asStaff(tenant, (context) => extendSubscription(context, inputOf(tenant, days)), {
    at,
    ...(email === undefined ? {} : { email }),
  });
const preview = (tenant: Tenant, days: number, at = now) =>
  services.asStaff(tenant, (context) => previewExtension(context, inputOf(tenant, days)), { at });
const at = (tenant: Tenant, time: Date) =>
  services.inAccount(
    tenant,
    async (context) => {
      const { standing, status } = await getSubscription(context);
      return { state: standing.state, status, plan: (await getCredits(context)).byKind.plan };
    },
    { now: time },
  );
const paid = async () => {
  const tenant = await services.register();
  await ask(tenant);
  accepted(await confirm(tenant));
  return tenant;
};

describe('extending a trial', () => {
  it('does what its preview says: it works on with its credits, and is told to others', async () => {
    const tenant = await services.register();
    const until = addDays(trialEnd, 7);
    const said = await preview(tenant, 7);
    expect(said).toMatchObject({ kind: 'trial', from: trialEnd, until, planCredits: 1000 });
    expect(await extend(tenant, 7)).toEqual(said);
    expect(await at(tenant, before(until))).toEqual({ state: 'good', status: 'trialing', plan: 1000 });
    expect(await at(tenant, until)).toMatchObject({ state: 'refused', plan: 0 });
    expect(await services.topicsOf(tenant)).toContain('subscription.extended');
    expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
  });

  it('that has ended begins again from now, without the credits that ended with it', async () => {
    const tenant = await services.register();
    const late = addDays(trialEnd, 10);
    expect(await extend(tenant, 3, late)).toMatchObject({ until: addDays(late, 3), planCredits: 0 });
    expect(await at(tenant, addDays(late, 2))).toEqual({ state: 'good', status: 'trialing', plan: 0 });
  });
});

describe('extending grace', () => {
  it('keeps the account and its plan credits usable until then, and no longer', async () => {
    const tenant = await paid();
    const until = addDays(graceEnd, 5);
    const late = addDays(paidEnd, 2);
    expect(await extend(tenant, 5, late)).toMatchObject({
      kind: 'grace',
      from: graceEnd,
      until,
      planCredits: 5000,
    });
    expect(await at(tenant, before(until))).toEqual({ state: 'grace', status: 'past_due', plan: 5000 });
    expect(await at(tenant, until)).toMatchObject({ state: 'refused', plan: 0 });
  });

  it('outlasts the rejection of a payment that waited', async () => {
    const tenant = await paid();
    const late = addDays(paidEnd, 2);
    const { id: invoiceId } = await ask(tenant, 'starter', late);
    const transfer = { invoiceId, payerName: 'A. Payer', amount: 2900, currency: 'USD' };
    const payment = accepted(
      await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer), { now: late }),
    );
    await extend(tenant, 4, late);
    const until = addDays(graceEnd, reviewDays + 4);
    const rejected = { paymentId: payment.id, reason: 'not found' };
    accepted(await services.asStaff(tenant, (context) => rejectPayment(context, rejected), { at: late }));
    expect(await at(tenant, before(until))).toEqual({ state: 'grace', status: 'past_due', plan: 5000 });
    expect(await at(tenant, until)).toMatchObject({ state: 'refused' });
  });

  it('ends with the payment of the next period', async () => {
    const tenant = await paid();
    const late = addDays(paidEnd, 2);
    await extend(tenant, 90, late);
    await ask(tenant, 'starter', late);
    accepted(await confirm(tenant, {}, { at: late }));
    expect(await at(tenant, addDays(addMonths(now, 2), 8))).toMatchObject({ state: 'refused' });
  });
});

describe('extending', () => {
  it('is refused while nothing was ever paid, and changes nothing', async () => {
    const tenant = await services.register({ planSlug: 'starter', paymentMethod: 'bank_transfer' });
    expect(codeOf(await extend(tenant, 7))).toBe('conflict');
    expect(codeOf(await preview(tenant, 7))).toBe('conflict');
    expect(await services.topicsOf(tenant)).not.toContain('subscription.extended');
  });

  it('is refused to staff who are members of the account', async () => {
    const tenant = await services.register();
    expect(codeOf(await extend(tenant, 7, now, tenant.email))).toBe('role_forbids');
  });
});
