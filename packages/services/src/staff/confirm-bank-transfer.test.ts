import type { ConfirmBankTransferInput } from '@tenantry/contract/staff-payment';
import { newId } from '@tenantry/db/ids';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCredits } from '../credit/get.ts';
import { getPayment } from '../payment/get.ts';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { orderPlan } from '../subscription/change.ts';
import { getSubscription } from '../subscription/get.ts';
import { confirmBankTransfer } from './confirm-bank-transfer.ts';
import { rejectPayment } from './reject-payment.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const money = { payerName: 'A. Payer', amount: 2900, currency: 'USD' };
const newReference = () => `FT ${newId()}`;
const submit = async (tenant: Tenant, planSlug = 'starter') => {
  const transfer = { ...money, planSlug };
  return accepted(await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer)));
};
const confirm = (tenant: Tenant, more: Partial<ConfirmBankTransferInput> = {}, staff = {}) => {
  const input = { ...money, accountId: tenant.accountId, externalPaymentId: newReference(), ...more };
  return services.asStaff(tenant, (context) => confirmBankTransfer(context, input), staff);
};
const invoice = async (tenant: Tenant, planSlug: string) => {
  const input = { planSlug, paymentMethod: 'bank_transfer' } as const;
  return accepted(await services.inAccount(tenant, (context) => orderPlan(context, input))).invoice;
};

/** What is booked in an account, and what its subscription and credits are. */
const stateOf = (tenant: Tenant) =>
  services.inAccount(tenant, async (context) => {
    const { plan, ...subscription } = await getSubscription(context);
    const { available } = await getCredits(context);
    return { ...subscription, plan: plan.slug, available };
  });

describe('confirming a bank transfer', () => {
  it('marks payment and invoice as paid, begins the period and sets the credits of the plan', async () => {
    const tenant = await services.register();
    const { id, invoiceId } = await submit(tenant);
    const proofUrl = 'https://proofs.example/1.pdf';
    expect(await confirm(tenant, { paymentId: id, externalPaymentId: 'FT one', proofUrl })).toMatchObject({
      payment: { id, status: 'succeeded', externalPaymentId: 'FT one', confirmedAt: now },
      invoice: { id: invoiceId, status: 'paid', paidAt: now },
      subscription: { status: 'active', plan: { slug: 'starter' }, externalPaymentId: 'FT one' },
      credits: { available: 5000, expired: 1000, byKind: { plan: 5000 } },
    });
    expect(await stateOf(tenant)).toMatchObject({
      paymentMethod: 'bank_transfer',
      periodStart: now,
      periodEnd: new Date('2026-04-02T12:00:00Z'),
    });
    expect(await services.topicsOf(tenant)).toContain('payment.succeeded');
    const payment = await services.inAccount(tenant, (context) => getPayment(context, { paymentId: id }));
    expect(accepted(payment).proofs).toMatchObject([{ url: proofUrl }]);
    expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
  });

  it('buys a month that follows the one that has not ended', async () => {
    const tenant = await services.register();
    for (const at of [now, secondsAfter(86_400)]) {
      await submit(tenant);
      accepted(await confirm(tenant, {}, { at }));
    }
    expect(await stateOf(tenant)).toMatchObject({
      periodEnd: new Date('2026-04-02T12:00:00Z'),
      paidThrough: new Date('2026-05-02T12:00:00Z'),
    });
  });

  it('without a payment books the one open invoice, and refuses when there is none or another', async () => {
    const tenant = await services.register();
    expect(codeOf(await confirm(tenant))).toBe('invoice_ambiguous');
    const { id: old } = await invoice(tenant, 'growth');
    const { id } = await invoice(tenant, 'starter');
    await services.database.query("update invoice set status = 'open' where id = $1", [old]);
    expect(codeOf(await confirm(tenant))).toBe('invoice_ambiguous');
    await services.database.query("update invoice set status = 'void' where id = $1", [old]);
    expect(await confirm(tenant)).toMatchObject({ invoice: { id, status: 'paid' } });
  });

  it('answers the same reference alike, however it is written, and changes nothing again', async () => {
    const tenant = await services.register();
    const { id: paymentId } = await submit(tenant);
    const first = await confirm(tenant, { paymentId, externalPaymentId: 'ref-2026/77' });
    const before = await stateOf(tenant);
    const again = await confirm(tenant, { externalPaymentId: 'REF 2026 77' }, { at: secondsAfter(60) });
    expect(again).toEqual({ replay: JSON.stringify(first), sites: null });
    expect(await stateOf(tenant)).toEqual(before);
  });

  it('refuses a reference that was booked for another payment, account or amount', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const externalPaymentId = newReference();
    for (const each of [tenant, other]) await submit(each);
    accepted(await confirm(tenant, { externalPaymentId }));
    const { id: paymentId } = await submit(tenant);
    expect(codeOf(await confirm(tenant, { externalPaymentId, paymentId }))).toBe('reference_taken');
    expect(codeOf(await confirm(other, { externalPaymentId }))).toBe('reference_taken');
    expect(codeOf(await confirm(tenant, { externalPaymentId, amount: 2901 }))).toBe('amount_mismatch');
    expect(codeOf(await confirm(tenant, { externalPaymentId, currency: 'EUR' }))).toBe('currency_mismatch');
    expect((await stateOf(other)).status).toBe('trialing');
  });

  it.each([
    ['another currency', { currency: 'EUR' }, 'currency_mismatch'],
    ['a payment that is not there', { paymentId: newId() }, 'not_found'],
    ['a proof that is not of the payment', { proofId: newId() }, 'not_found'],
    ['a reference without a letter or digit', { externalPaymentId: '--/' }, 'invalid_input'],
  ])('refuses %s, and books nothing', async (_what, more, code) => {
    const tenant = await services.register();
    await submit(tenant);
    const before = await stateOf(tenant);
    expect(codeOf(await confirm(tenant, more))).toBe(code);
    expect(await stateOf(tenant)).toEqual(before);
  });

  it('refuses a payment that was rejected, and one whose invoice is closed', async () => {
    const tenant = await services.register();
    const rejected = { paymentId: (await submit(tenant)).id, reason: 'never arrived' };
    accepted(await services.asStaff(tenant, (context) => rejectPayment(context, rejected)));
    expect(codeOf(await confirm(tenant, { paymentId: rejected.paymentId }))).toBe('payment_state');
    const { id: paymentId, invoiceId } = await submit(tenant);
    await services.database.query("update invoice set status = 'void' where id = $1", [invoiceId]);
    expect(codeOf(await confirm(tenant, { paymentId }))).toBe('payment_state');
  });

  it('is refused to staff who are members of the account, and to a tenant', async () => {
    const tenant = await services.register();
    await submit(tenant);
    expect(codeOf(await confirm(tenant, {}, { email: tenant.email }))).toBe('role_forbids');
    const input = { ...money, externalPaymentId: newReference() };
    const byOwner = await services.inAccount(tenant, (context) => confirmBankTransfer(context, input));
    expect(codeOf(byOwner)).toBe('role_forbids');
  });
});
