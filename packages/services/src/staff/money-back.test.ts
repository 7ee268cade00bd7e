import { refuse } from '@tenantry/domain/refusals';
import { addMonths } from '@tenantry/domain/time';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { day, moneyBackTest } from './money-back.fixture.ts';

let services: ServiceTest;
const tenants: Tenant[] = [];
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());
afterEach(async () => {
  for (const { accountId } of tenants.splice(0))
    expect(await faultsOfBooks(services.database, accountId)).toEqual([]);
});

const {
  ask,
  askForPackage,
  balances,
  confirm,
  giveBack,
  granted,
  invoice,
  moved,
  newestPayment,
  pay,
  refund,
  spend,
  stateAt,
} = moneyBackTest(() => services);
const register = async () => {
  const tenant = await services.register();
  tenants.push(tenant);
  return tenant;
};

describe('a payment that the bank takes back', () => {
  it('leaves its invoice due and the subscription as unpaid, and its credits end (J27)', async () => {
    const tenant = await register();
    const { payment, invoice: paid } = await pay(tenant);
    expect(await giveBack(tenant, payment.id, day(3))).toMatchObject({
      status: 'returned',
      reason: 'recalled',
    });
    expect(await invoice(tenant, paid.id)).toMatchObject({
      status: 'open',
      due: { amount: 2900 },
      paidAt: null,
    });
    expect(await stateAt(tenant, day(3))).toMatchObject({ code: 'payment_pending', available: 0, owed: 0 });
    expect(await moved(tenant)).toEqual({ payment: 2900, apply: 2900, release: 2900, return: 2900 });
    expect(await balances(tenant)).toEqual([{ currency: 'USD', amount: 0 }]);
    expect(await services.topicsOf(tenant)).toContain('payment.returned');
  });

  it('may be paid again, and what was spent is taken from the credits that this gives (I25)', async () => {
    const tenant = await register();
    const { payment, invoice: paid } = await pay(tenant);
    await spend(tenant, 300);
    accepted(await giveBack(tenant, payment.id, day(3)));
    expect(await stateAt(tenant, day(3))).toMatchObject({ available: 0, spent: 300, owed: 300 });
    accepted(await confirm(tenant, { invoiceId: paid.id }, { at: day(4) }));
    expect(await stateAt(tenant, day(4))).toMatchObject({
      status: 'active',
      periodStart: day(4),
      available: 4700,
      spent: 300,
      owed: 0,
    });
    expect(await granted(tenant)).toEqual({ grants: 2, periods: 1 });
  });

  it('is also made good by an invoice that the account pays from its balance (I25)', async () => {
    const tenant = await register();
    const { payment } = await pay(tenant);
    await spend(tenant, 300);
    await pay(tenant, 'starter', now, 2900 + 8900);
    accepted(await giveBack(tenant, payment.id, day(3)));
    expect(await stateAt(tenant, day(3))).toMatchObject({ owed: 0, spent: 300 });
    expect(await balances(tenant)).toEqual([{ currency: 'USD', amount: 8900 - 2900 }]);
  });

  it('at the very start of the period that runs grants its month once', async () => {
    const tenant = await register();
    await pay(tenant);
    const { payment } = await pay(tenant);
    accepted(await giveBack(tenant, payment.id, now));
    expect(await stateAt(tenant)).toMatchObject({ status: 'active', available: 5000 });
    expect(await granted(tenant)).toEqual({ grants: 1, periods: 1 });
  });

  it('of a period to come takes that period away, and of the one that runs begins the next at once', async () => {
    const tenant = await register();
    const first = await pay(tenant);
    const second = await pay(tenant, 'starter', day(1));
    const third = await pay(tenant, 'starter', day(2));
    accepted(await giveBack(tenant, second.payment.id, day(3)));
    const start = now;
    expect(await stateAt(tenant, day(3))).toMatchObject({
      status: 'active',
      periodStart: start,
      paidThrough: addMonths(start, 2),
      available: 5000,
    });
    accepted(await giveBack(tenant, first.payment.id, day(5)));
    expect(await stateAt(tenant, day(5))).toMatchObject({
      status: 'active',
      periodStart: day(5),
      paidThrough: addMonths(day(5), 1),
      available: 5000,
    });
    accepted(await giveBack(tenant, third.payment.id, day(6)));
    expect(await stateAt(tenant, day(6))).toMatchObject({ code: 'payment_pending', available: 0 });
  });

  it('after the next period has begun leaves the one before as the last, and the subscription past due', async () => {
    const tenant = await register();
    await pay(tenant);
    const { payment } = await pay(tenant, 'starter', day(20));
    accepted(await giveBack(tenant, payment.id, day(33)));
    const end = addMonths(now, 1);
    expect(await stateAt(tenant, day(33))).toMatchObject({
      status: 'past_due',
      code: null,
      paidThrough: end,
      available: 0,
    });
    expect(await stateAt(tenant, day(39))).toMatchObject({ code: 'payment_overdue' });
  });

  it('which was a part, or more than was due, is taken from where its money is', async () => {
    const [part, more] = [await register(), await register()];
    const { id } = await ask(part);
    accepted(await confirm(part, { amount: 1000 }));
    const { payment: last } = await pay(part, 'starter', day(1), 1900);
    accepted(await giveBack(part, last.id, day(2)));
    expect(await invoice(part, id)).toMatchObject({ status: 'partially_paid', due: { amount: 1900 } });
    expect(await stateAt(part, day(2))).toMatchObject({ code: 'payment_pending', available: 0 });
    const { payment } = await pay(more, 'starter', now, 5800);
    const next = await ask(more);
    expect(next.status).toBe('paid');
    accepted(await giveBack(more, payment.id, day(1)));
    expect(await balances(more)).toEqual([{ currency: 'USD', amount: -2900 }]);
    expect(await invoice(more, next.id)).toMatchObject({ status: 'paid' });
  });

  it('is refused twice, for one that waits or is not there, and to staff of the account', async () => {
    const tenant = await register();
    const { payment } = await pay(tenant);
    expect(codeOf(await giveBack(tenant, payment.id, now, { email: tenant.email }))).toBe('role_forbids');
    expect(codeOf(await giveBack(await register(), payment.id))).toBe('not_found');
    accepted(await giveBack(tenant, payment.id));
    expect(await giveBack(tenant, payment.id)).toEqual(refuse('payment_state', { reason: 'returned' }));
    expect(codeOf(await refund(tenant, payment.id, 1))).toBe('payment_state');
    expect(await moved(tenant)).toMatchObject({ return: 2900 });
  });
});

describe('money that staff send back', () => {
  it('in part comes from the balance first, and changes nothing else (J28)', async () => {
    const tenant = await register();
    const { payment, invoice: paid } = await pay(tenant, 'starter', now, 4000);
    expect(await refund(tenant, payment.id, 1100)).toMatchObject({
      status: 'succeeded',
      refunded: { amount: 1100 },
    });
    expect(await balances(tenant)).toEqual([{ currency: 'USD', amount: 0 }]);
    accepted(await refund(tenant, payment.id, 500));
    expect(await invoice(tenant, paid.id)).toMatchObject({ status: 'paid' });
    expect(await stateAt(tenant)).toMatchObject({ status: 'active', available: 5000 });
    expect(await moved(tenant)).toMatchObject({ refund: 1100, credit: 500 });
  });

  it('in whole ends what the invoice began, and nothing is owed', async () => {
    const tenant = await register();
    const { payment } = await pay(tenant);
    await spend(tenant, 300);
    accepted(await refund(tenant, payment.id, 900));
    expect(await refund(tenant, payment.id, 2000)).toMatchObject({ status: 'refunded' });
    expect(await stateAt(tenant)).toMatchObject({
      code: 'payment_pending',
      available: 0,
      spent: 300,
      owed: 0,
    });
    expect(codeOf(await refund(tenant, payment.id, 1))).toBe('payment_state');
    expect(await services.topicsOf(tenant)).toContain('payment.refunded');
  });

  it('is refused above what is left of the payment, or above what is there to send', async () => {
    const tenant = await register();
    const { payment } = await pay(tenant, 'starter', now, 5800);
    expect(await refund(tenant, payment.id, 5801)).toEqual(
      refuse('amount_mismatch', { required: 5801, available: 5800 }),
    );
    await ask(tenant);
    expect(await refund(tenant, payment.id, 2901)).toEqual(
      refuse('amount_mismatch', { required: 2901, available: 2900 }),
    );
    expect(codeOf(await refund(tenant, payment.id, 1, { email: tenant.email }))).toBe('role_forbids');
    expect(await moved(tenant)).not.toHaveProperty('refund');
  });
});

describe('a package whose money goes back', () => {
  it('ends what is left of its credits and leaves the subscription as it is', async () => {
    const tenant = await register();
    await pay(tenant);
    const issued = await askForPackage(tenant);
    const buy = async () => accepted(await confirm(tenant, { invoiceId: issued.id, amount: 900 }));
    await buy();
    const payment = { id: await newestPayment(tenant) };
    expect(await stateAt(tenant)).toMatchObject({ available: 6000 });
    accepted(await giveBack(tenant, payment.id));
    expect(await stateAt(tenant)).toMatchObject({ status: 'active', available: 5000, owed: 0 });
    await buy();
    expect(await stateAt(tenant)).toMatchObject({ available: 6000 });
  });
});
