import { lockAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moneyTest } from '../billing/money.fixture.ts';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, openServiceTest } from '../service.fixture.ts';
import { approvePayment } from './approve-payment.ts';
import { rejectPayment } from './reject-payment.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
  services.ports.approvals.secondApproverAmounts = { USD: 2000 };
});
afterAll(() => services.close());

const { ask, confirm, granted } = moneyTest(() => services);
const [first, second] = ['first@staff.test', 'second@staff.test'];
const approve = (tenant: Tenant, more = {}, email = first) =>
  services.asStaff(
    tenant,
    async (context) => {
      await lockAccount(context.tx);
      const money = { payerName: 'A. Payer', amount: 2900, currency: 'USD', externalPaymentId: 'FT 1' };
      return approvePayment(context, { accountId: tenant.accountId, ...money, ...more });
    },
    { email },
  );

describe('money above the limit for one approver', () => {
  it('is booked by another member of staff than the one who approved it, and by nobody alone (J29)', async () => {
    const tenant = await services.register();
    await ask(tenant);
    expect(await confirm(tenant, {}, { email: second })).toEqual(
      refuse('payment_state', { reason: 'approval_missing' }),
    );
    const approved = accepted(await approve(tenant));
    expect(approved).toMatchObject({ status: 'pending_approval' });
    expect(accepted(await approve(tenant))).toEqual(approved);
    expect(await confirm(tenant, {}, { email: first })).toEqual(
      refuse('payment_state', { reason: 'second_approver_missing' }),
    );
    expect(await granted(tenant)).toEqual({ grants: 0, periods: 0 });
    expect(await confirm(tenant, { paymentId: approved.id }, { email: second })).toMatchObject({
      payment: { id: approved.id, status: 'succeeded' },
    });
    expect(await granted(tenant)).toEqual({ grants: 1, periods: 1 });
  });

  it('is what was approved, and may be rejected by either', async () => {
    const tenant = await services.register();
    await ask(tenant);
    const { id: paymentId } = accepted(await approve(tenant));
    expect(codeOf(await confirm(tenant, { amount: 2901 }, { email: second }))).toBe('amount_mismatch');
    expect(codeOf(await approve(tenant, { amount: 2901 }, second))).toBe('amount_mismatch');
    const wish = { paymentId, reason: 'not ours' };
    accepted(await services.asStaff(tenant, (context) => rejectPayment(context, wish), { email: first }));
    expect(codeOf(await approve(tenant, { paymentId }, second))).toBe('payment_state');
  });

  it('needs none at or below the limit', async () => {
    const tenant = await services.register();
    await ask(tenant);
    accepted(await confirm(tenant, { amount: 2000 }, { email: first }));
  });

  it('lets one of many approvals at once be the first, and none of them book it', async () => {
    const tenant = await services.register();
    const { id: invoiceId } = await ask(tenant);
    const report = { invoiceId, payerName: 'A. Payer', amount: 2900, currency: 'USD' };
    const { id: paymentId } = accepted(
      await services.inAccount(tenant, (context) => submitBankTransfer(context, report)),
    );
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        approve(tenant, { paymentId }, index % 2 === 0 ? first : second),
      ),
    );
    expect(new Set(outcomes.map((one) => accepted(one).approvedBy)).size).toBe(1);
    const [row] = await services.database.query(
      'select count(*)::int as approvals from payment_approval where account_id = $1',
      [tenant.accountId],
    );
    expect(row?.['approvals']).toBe(1);
    expect(await granted(tenant)).toEqual({ grants: 0, periods: 0 });
  });

  it('is approved by nobody of the account, and not for what is not there', async () => {
    const tenant = await services.register();
    expect(codeOf(await approve(tenant))).toBe('invoice_ambiguous');
    await ask(tenant);
    expect(codeOf(await approve(tenant, {}, tenant.email))).toBe('role_forbids');
    expect(codeOf(await approve(tenant, { paymentId: newId() }))).toBe('not_found');
    expect(codeOf(await approve(tenant, { invoiceId: newId() }))).toBe('not_found');
    expect(codeOf(await approve(tenant, { currency: 'EUR' }))).toBe('currency_mismatch');
    expect(codeOf(await approve(tenant, { externalPaymentId: '--' }))).toBe('invalid_input');
  });
});
