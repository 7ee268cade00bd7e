import type { ConfirmBankTransferInput } from '@tenantry/contract/staff-payment';
import { newId } from '@tenantry/db/ids';
import { isRefusal } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moneyTest } from '../billing/money.fixture.ts';
import { buyPackage } from '../credit-package/buy.ts';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, openServiceTest } from '../service.fixture.ts';
import { approvePayment } from './approve-payment.ts';
import { previewBankTransfer } from './preview-bank-transfer.ts';
import { voidInvoiceForStaff } from './void-invoice.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { ask, confirm, invoice, balances } = moneyTest(() => services);
const inputOf = (tenant: Tenant, more: Partial<ConfirmBankTransferInput>) => ({
  payerName: 'A. Payer',
  amount: 2900,
  currency: 'USD',
  externalPaymentId: `FT ${newId()}`,
  accountId: tenant.accountId,
  ...more,
});
const preview = (
  tenant: Tenant,
  more: Partial<ConfirmBankTransferInput> = {},
  { amounts = {}, email }: { amounts?: Record<string, number>; email?: string } = {},
) =>
  services.asStaff(
    tenant,
    (context) =>
      previewBankTransfer(
        { ...context, approvals: { secondApproverAmounts: amounts, secondApproverCredits: undefined } },
        inputOf(tenant, more),
      ),
    email === undefined ? {} : { email },
  );
const balanceOf = async (tenant: Tenant) => (await balances(tenant))[0]?.amount ?? 0;
const order = async (tenant: Tenant, packageSlug: 'small' | 'large') => {
  const input = { packageSlug, paymentMethod: 'bank_transfer' } as const;
  return accepted(await services.inAccount(tenant, (context) => buyPackage(context, input))).invoice;
};

describe('the preview of a bank transfer', () => {
  it.each([
    [2900, 0, 'exactly'],
    [1000, 0, 'too little'],
    [9900, 0, 'too much, which pays an older invoice in part'],
    [1000, 2500, 'too little, after a balance that an older invoice took'],
    [40_000, 700, 'all invoices and more'],
  ])('says what the confirmation of %i then does, with %i in the balance: %s', async (amount, before) => {
    const tenant = await services.register();
    if (before > 0) {
      const paid = await order(tenant, 'small');
      await confirm(tenant, { invoiceId: paid.id, amount: 3500 + before });
    }
    const older = await order(tenant, 'large');
    const { id: invoiceId } = await ask(tenant);
    const dueBefore = (await invoice(tenant, older.id)).due;
    const shown = accepted(await preview(tenant, { invoiceId, amount }));
    expect(shown).toMatchObject({ isBooked: false, approval: 'not_needed', payment: null });
    expect(shown.balanceBefore).toBe(await balanceOf(tenant));
    accepted(await confirm(tenant, { invoiceId, amount }));
    expect(shown.balanceAfter).toBe(await balanceOf(tenant));
    for (const { id } of [older, { id: invoiceId }]) {
      const after = await invoice(tenant, id);
      const said = shown.applied.find((one) => one.invoiceId === id);
      if (said !== undefined)
        expect(said).toMatchObject({ due: after.due.amount, isPaid: after.status === 'paid' });
      else expect(after.due).toEqual(dueBefore);
    }
  });

  it('writes nothing', async () => {
    const tenant = await services.register();
    const { id: invoiceId } = await ask(tenant);
    const topics = await services.topicsOf(tenant);
    accepted(await preview(tenant, { invoiceId }));
    expect([await services.topicsOf(tenant), await balanceOf(tenant)]).toEqual([topics, 0]);
    expect((await invoice(tenant, invoiceId)).status).toBe('open');
  });

  it('says that a reference was booked before, and changes nothing', async () => {
    const tenant = await services.register();
    await ask(tenant);
    accepted(await confirm(tenant, { externalPaymentId: 'FT twice' }));
    expect(accepted(await preview(tenant, { externalPaymentId: 'ft-TWICE' }))).toMatchObject({
      isBooked: true,
      payment: { status: 'succeeded', externalPaymentId: 'FT twice' },
      applied: [],
    });
  });

  it('says whose approval money above the limit needs', async () => {
    const tenant = await services.register();
    const { id: invoiceId } = await ask(tenant);
    const transfer = { payerName: 'A. Payer', amount: 2900, currency: 'USD', invoiceId };
    const submitted = accepted(
      await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer)),
    );
    const state = async (email: string, amount = 2900) =>
      accepted(await preview(tenant, { paymentId: submitted.id, amount }, { amounts: { USD: 100 }, email }));
    const { accountId } = tenant;
    const [first, second] = [`${newId()}@staff.test`, `${newId()}@staff.test`];
    expect(await state(first)).toMatchObject({ approval: 'missing', approvedBy: null });
    await services.asStaff(
      tenant,
      (context) => approvePayment(context, { ...inputOf(tenant, { paymentId: submitted.id }), accountId }),
      { email: first },
    );
    expect(await state(first)).toMatchObject({ approval: 'own' });
    expect(await state(second)).toMatchObject({
      approval: 'given',
      approvedBy: expect.stringMatching(/^staff:/),
    });
    expect(await state(second, 2800)).toMatchObject({ approval: 'other_money' });
  });

  it('sends money of a closed invoice to the balance where it is asked to', async () => {
    const tenant = await services.register();
    const { id: invoiceId } = await ask(tenant);
    await services.asStaff(tenant, (context) => voidInvoiceForStaff(context, { invoiceId, reason: 'x' }));
    expect(codeOf(await preview(tenant, { invoiceId }))).toBe('payment_state');
    const shown = accepted(await preview(tenant, { invoiceId, toBalance: true }));
    expect(shown).toMatchObject({ applied: [], balanceAfter: 2900, difference: 2900 });
  });

  it('refuses what the confirmation refuses', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { id: invoiceId } = await ask(tenant);
    await ask(other);
    await confirm(other, { externalPaymentId: 'FT of another' });
    const inputs: Partial<ConfirmBankTransferInput>[] = [
      { invoiceId, currency: 'EUR' },
      { invoiceId: newId() },
      { paymentId: newId() },
      { externalPaymentId: ' - ' },
      { externalPaymentId: 'FT of another' },
    ];
    const refused = await Promise.all(inputs.map((input) => preview(tenant, input)));
    const confirmed = [];
    for (const input of inputs) confirmed.push(await confirm(tenant, input));
    expect(refused.map(codeOf)).toEqual(confirmed.map(codeOf));
    expect(refused.every(isRefusal)).toBe(true);
  });
});
