import { lockAccount } from '@tenantry/db/account/queries';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import {
  type ServiceTest,
  accepted,
  codeOf,
  openServiceTest,
  secondsAfter,
  type Tenant,
  now,
} from '../service.fixture.ts';
import { voidInvoiceForStaff } from '../staff/void-invoice.ts';
import { issueInvoice } from './issue-invoice.ts';
import { moneyTest } from './money.fixture.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { ask, confirm, invoice, balances, moved, granted } = moneyTest(() => services);

/** Writes an invoice over an amount for the plan `starter`, beside any other that is open. */
const issue = async (tenant: Tenant, amount: number) => {
  const [plan] = await services.database.query("select id from plan where slug = 'starter'");
  const planId = String(plan?.['id']);
  return services.inAccount(tenant, async (context) => {
    await lockAccount(context.tx);
    const line = { description: 'Starter', quantity: 1, unitAmount: amount, amount, period: null };
    const order = { kind: 'subscription', planId, lines: [line], currency: 'USD', period: null } as const;
    return (await issueInvoice(context, { ...order, dueAt: now })).id;
  });
};

describe('less money than is due', () => {
  it('is recorded, leaves the rest due and fulfils nothing, until the rest arrives (J13)', async () => {
    const tenant = await services.register();
    const { id } = await ask(tenant);
    expect(await confirm(tenant, { amount: 1900 })).toMatchObject({
      payment: { status: 'succeeded', total: { amount: 1900 } },
      invoice: { id, status: 'partially_paid', paid: { amount: 1900 }, due: { amount: 1000 }, paidAt: null },
      subscription: { status: 'trialing' },
    });
    expect(await granted(tenant)).toEqual({ grants: 0, periods: 0 });
    expect(accepted(await confirm(tenant, { amount: 999 }))).toMatchObject({
      invoice: { due: { amount: 1 } },
    });
    expect(await confirm(tenant, { amount: 1, invoiceId: id })).toMatchObject({
      invoice: { status: 'paid', paid: { amount: 2900 }, due: { amount: 0 } },
      subscription: { status: 'active', plan: { slug: 'starter' } },
      credits: { byKind: { plan: 5000 } },
    });
    expect(await granted(tenant)).toEqual({ grants: 1, periods: 1 });
    expect(await moved(tenant)).toEqual({ payment: 2900, apply: 2900 });
    expect(await services.topicsOf(tenant)).toEqual(
      expect.arrayContaining(['invoice.partially_paid', 'invoice.paid']),
    );
  });

  it('may be reported by the payer, and of the rest too', async () => {
    const tenant = await services.register();
    const { id: invoiceId } = await ask(tenant);
    const report = (amount: number) =>
      services.inAccount(tenant, (context) =>
        submitBankTransfer(context, { invoiceId, payerName: 'A. Payer', amount, currency: 'USD' }),
      );
    const { id: paymentId } = accepted(await report(1900));
    expect(codeOf(await report(1000))).toBe('payment_state');
    accepted(await confirm(tenant, { paymentId, amount: 1900 }));
    accepted(await report(1000));
    accepted(await confirm(tenant, { amount: 1000 }));
    expect(await invoice(tenant, invoiceId)).toMatchObject({ status: 'paid' });
  });
});

describe('more money than is due', () => {
  it('becomes the balance of its currency, which the next invoice uses (J26)', async () => {
    const tenant = await services.register();
    await ask(tenant);
    accepted(await confirm(tenant, { amount: 4000 }));
    expect(await balances(tenant)).toEqual([{ currency: 'USD', amount: 1100 }]);
    const next = await ask(tenant);
    expect(next).toMatchObject({ status: 'partially_paid', paid: { amount: 1100 }, due: { amount: 1800 } });
    expect(await balances(tenant)).toEqual([{ currency: 'USD', amount: 0 }]);
    accepted(await confirm(tenant, { amount: 1800 }));
    expect(await granted(tenant)).toEqual({ grants: 1, periods: 2 });
  });

  it('pays the next invoice in full where it covers it, and begins what that is for at once', async () => {
    const tenant = await services.register();
    await ask(tenant);
    accepted(await confirm(tenant, { amount: 2900 * 3 + 1 }));
    for (const periods of [2, 3]) {
      expect(await ask(tenant)).toMatchObject({ status: 'paid', due: { amount: 0 } });
      expect(await granted(tenant)).toMatchObject({ periods });
    }
    expect(await ask(tenant)).toMatchObject({ status: 'partially_paid', due: { amount: 2899 } });
    expect(await moved(tenant)).toEqual({ payment: 8701, apply: 8701 });
  });

  it('pays an older open invoice with what the one that is named does not need', async () => {
    const tenant = await services.register();
    const [older, newer] = [await issue(tenant, 1000), await issue(tenant, 500)];
    accepted(await confirm(tenant, { invoiceId: newer, amount: 1200 }));
    expect(await invoice(tenant, newer)).toMatchObject({ status: 'paid' });
    expect(await invoice(tenant, older)).toMatchObject({ status: 'partially_paid', due: { amount: 300 } });
  });

  it('is not used for an invoice of another currency', async () => {
    const tenant = await services.register();
    await ask(tenant);
    accepted(await confirm(tenant, { amount: 5800 }));
    await services.database.query("update plan set currency = 'EUR' where slug = 'growth'");
    expect(await ask(tenant, 'growth')).toMatchObject({
      status: 'open',
      due: { amount: 8900, currency: 'EUR' },
    });
    expect(await balances(tenant)).toEqual([{ currency: 'USD', amount: 2900 }]);
    await services.database.query("update plan set currency = 'USD' where slug = 'growth'");
  });
});

describe('money that arrives twice or too late', () => {
  it('is refused for an invoice that is paid or void, with the reason, unless it goes to the balance', async () => {
    const tenant = await services.register();
    const { id: invoiceId } = await ask(tenant);
    accepted(await confirm(tenant, { invoiceId }));
    expect(await confirm(tenant, { invoiceId })).toEqual(refuse('payment_state', { reason: 'paid' }));
    expect(await confirm(tenant, { invoiceId, toBalance: true })).toMatchObject({
      payment: { status: 'succeeded' },
      invoice: { id: invoiceId, status: 'paid', paid: { amount: 2900 } },
    });
    expect(await balances(tenant)).toEqual([{ currency: 'USD', amount: 2900 }]);
    expect(await granted(tenant)).toEqual({ grants: 1, periods: 1 });
    const late = await services.register();
    const { id } = await ask(late);
    const wish = { invoiceId: id, reason: 'by phone' };
    accepted(await services.asStaff(late, (context) => voidInvoiceForStaff(context, wish)));
    expect(await confirm(late, { invoiceId: id })).toEqual(refuse('payment_state', { reason: 'voided' }));
    expect(await confirm(late, { invoiceId: id, toBalance: true })).toMatchObject({
      invoice: { status: 'void', paid: { amount: 0 } },
    });
    expect(await balances(late)).toEqual([{ currency: 'USD', amount: 2900 }]);
  });

  it('gives back what a void invoice had been paid, and pays another with it', async () => {
    const tenant = await services.register();
    const { id } = await ask(tenant);
    accepted(await confirm(tenant, { amount: 2000 }));
    const newer = await ask(tenant, 'growth');
    expect(await invoice(tenant, id)).toMatchObject({
      status: 'void',
      voidReason: 'superseded',
      paid: { amount: 0 },
    });
    expect(newer).toMatchObject({ status: 'partially_paid', due: { amount: 6900 } });
    expect(await moved(tenant)).toEqual({ payment: 2000, apply: 4000, release: 2000 });
  });

  it('in another currency is refused with both (J13)', async () => {
    const tenant = await services.register();
    await ask(tenant);
    const [expected, given] = [
      { amount: 2900, currency: 'USD' },
      { amount: 2700, currency: 'EUR' },
    ];
    expect(await confirm(tenant, given)).toEqual(refuse('currency_mismatch', { expected, given }));
    expect(await moved(tenant)).toEqual({});
  });

  it('is booked after grace, and the period begins when it is booked', async () => {
    const tenant = await services.register();
    await ask(tenant);
    accepted(await confirm(tenant));
    const late = secondsAfter(80 * 86_400);
    await ask(tenant, 'starter', late);
    expect(await confirm(tenant, {}, { at: late })).toMatchObject({
      subscription: { status: 'active', periodStart: late },
    });
  });
});
