import type { ConfirmBankTransferInput } from '@tenantry/contract/staff-payment';
import { lockAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { getPayment } from '../payment/get.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { rejectPayment } from '../staff/reject-payment.ts';
import { voidInvoiceForStaff } from '../staff/void-invoice.ts';
import { orderPlan } from '../subscription/change.ts';
import { getSubscription } from '../subscription/get.ts';
import { getInvoice } from './get.ts';
import { cancelInvoice } from './void.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const ask = async (tenant: Tenant, planSlug: string) => {
  const wish = { planSlug, paymentMethod: 'bank_transfer' } as const;
  return accepted(await services.inAccount(tenant, (context) => orderPlan(context, wish))).invoice;
};
const get = async (tenant: Tenant, invoiceId: string) =>
  accepted(await services.inAccount(tenant, (context) => getInvoice(context, { invoiceId })));
const submit = async (tenant: Tenant, planSlug = 'starter') => {
  const transfer = { planSlug, payerName: 'A. Payer', amount: 2900, currency: 'USD' };
  return accepted(await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer)));
};
const cancel = (tenant: Tenant, invoiceId: string) =>
  services.inAccount(tenant, (context) => cancelInvoice(context, { invoiceId }));
const voidIt = (tenant: Tenant, invoiceId: string, staff = {}) =>
  services.asStaff(
    tenant,
    (context) => voidInvoiceForStaff(context, { invoiceId, reason: 'by phone' }),
    staff,
  );
const confirm = (tenant: Tenant, more: Partial<ConfirmBankTransferInput>, at = secondsAfter(60)) => {
  const money = { payerName: 'A. Payer', amount: 2900, currency: 'USD' };
  const input = { ...money, accountId: tenant.accountId, externalPaymentId: `FT ${newId()}`, ...more };
  // The gate locks the account of every change by staff.
  return services.asStaff(
    tenant,
    async (context) => {
      await lockAccount(context.tx);
      return confirmBankTransfer(context, input);
    },
    { at },
  );
};
const planOf = async (tenant: Tenant) =>
  (await services.inAccount(tenant, getSubscription, { now: secondsAfter(60) })).plan.slug;
const factsOf = (answer: unknown) => (isRefusal(answer) ? answer.facts : undefined);

describe('an old invoice', () => {
  it('is void when another plan is asked for, and never lowers the plan again (J24)', async () => {
    const tenant = await services.register();
    const old = await ask(tenant, 'starter');
    const newer = await ask(tenant, 'growth');
    expect(await get(tenant, old.id)).toMatchObject({ status: 'void', voidReason: 'superseded' });
    expect(await get(tenant, newer.id)).toMatchObject({ status: 'open', voidReason: null, voidedAt: null });
    accepted(await confirm(tenant, { amount: 8900 }));
    const late = await confirm(tenant, { invoiceId: old.id });
    expect(late).toEqual(refuse('payment_state', { reason: 'superseded' }));
    expect(await planOf(tenant)).toBe('growth');
    expect(await services.topicsOf(tenant)).toContain('invoice.voided');
  });

  it('leaves one open when two plans are asked for at once', async () => {
    const tenant = await services.register();
    await Promise.all(['starter', 'growth', 'starter', 'growth'].map((slug) => ask(tenant, slug)));
    const open = await services.database.query(
      "select id from invoice where account_id = $1 and status = 'open'",
      [tenant.accountId],
    );
    expect(open).toHaveLength(1);
  });
});

describe('cancelling an invoice', () => {
  it('makes it void, once', async () => {
    const tenant = await services.register();
    const { id } = await ask(tenant, 'starter');
    expect(accepted(await cancel(tenant, id))).toMatchObject({ id, status: 'void', voidReason: 'cancelled' });
    expect(codeOf(await cancel(tenant, id))).toBe('payment_state');
    const again = await ask(tenant, 'starter');
    expect(again.id).not.toBe(id);
  });

  it('is refused while a bank transfer of it waits, and not after that was rejected', async () => {
    const tenant = await services.register();
    const { id: paymentId, invoiceId } = await submit(tenant);
    expect(codeOf(await cancel(tenant, invoiceId))).toBe('payment_state');
    const rejection = { paymentId, reason: 'never arrived' };
    accepted(await services.asStaff(tenant, (context) => rejectPayment(context, rejection)));
    expect(codeOf(await cancel(tenant, invoiceId))).toBe('ok');
  });

  it('is refused for one of another account, and for one that is paid', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { id } = await ask(tenant, 'starter');
    expect(await cancel(other, id)).toEqual(refuse('not_found'));
    accepted(await confirm(tenant, { invoiceId: id }));
    expect(codeOf(await cancel(tenant, id))).toBe('payment_state');
  });

  it('and confirming it exclude each other', async () => {
    for (let trial = 0; trial < 10; trial += 1) {
      const tenant = await services.register();
      const { id } = await ask(tenant, 'starter');
      const outcomes = await Promise.all([cancel(tenant, id), confirm(tenant, { invoiceId: id })]);
      expect(outcomes.map(codeOf).toSorted()).toEqual(['ok', 'payment_state']);
      expect(await planOf(tenant)).toBe((await get(tenant, id)).status === 'paid' ? 'starter' : 'trial');
    }
  });
});

describe('voiding an invoice as staff', () => {
  it('works while a bank transfer of it waits, which stays to be decided', async () => {
    const tenant = await services.register();
    const { id: paymentId, invoiceId } = await submit(tenant);
    expect(accepted(await voidIt(tenant, invoiceId))).toMatchObject({ status: 'void', voidReason: 'voided' });
    expect(await confirm(tenant, { paymentId })).toEqual(refuse('payment_state', { reason: 'voided' }));
    const payment = await services.inAccount(tenant, (context) => getPayment(context, { paymentId }));
    expect(accepted(payment).status).toBe('pending_approval');
    const { id: openId } = await ask(tenant, 'starter');
    const booked = accepted(await confirm(tenant, { paymentId, invoiceId: openId }));
    expect(booked).toMatchObject({
      payment: { id: paymentId, invoiceId: openId, status: 'succeeded' },
      invoice: { id: openId, status: 'paid' },
    });
  });

  it('is refused for one that is not open, with the reason, and to staff who are members', async () => {
    const tenant = await services.register();
    const { id } = await ask(tenant, 'starter');
    expect(codeOf(await voidIt(tenant, newId()))).toBe('not_found');
    expect(codeOf(await voidIt(tenant, id, { email: tenant.email }))).toBe('role_forbids');
    accepted(await confirm(tenant, { invoiceId: id }));
    expect(await voidIt(tenant, id)).toEqual(refuse('payment_state', { reason: 'paid' }));
  });
});

describe('confirming a transfer of a named invoice', () => {
  it('refuses another currency, and tells what was expected', async () => {
    const tenant = await services.register();
    const { id: invoiceId } = await ask(tenant, 'starter');
    const [expected, given] = [
      { amount: 2900, currency: 'USD' },
      { amount: 2900, currency: 'EUR' },
    ];
    expect(factsOf(await confirm(tenant, { invoiceId, currency: 'EUR' }))).toEqual({ expected, given });
    const transfer = { invoiceId, payerName: 'A. Payer', ...given };
    const answer = await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer));
    expect(answer).toEqual(refuse('currency_mismatch', { expected, given }));
  });

  it('refuses an invoice of another account, and another than the open one of the payment', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { id: foreign } = await ask(other, 'starter');
    expect(codeOf(await confirm(tenant, { invoiceId: foreign }))).toBe('not_found');
    const { id: paymentId } = await submit(tenant);
    const { id: invoiceId } = await ask(tenant, 'growth');
    const move = { paymentId, invoiceId, amount: 8900 };
    accepted(await confirm(tenant, move));
    const { id: second } = await submit(other);
    await services.database.query(
      "update invoice set status = 'paid', amount_paid = amount where account_id = $1",
      [other.accountId],
    );
    const { id: next } = await ask(other, 'growth');
    expect(await confirm(other, { paymentId: second, invoiceId: next })).toEqual(
      refuse('payment_state', { reason: 'paid' }),
    );
  });
});
