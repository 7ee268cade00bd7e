import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { getSubscription } from '../subscription/get.ts';
import { rejectPayment } from './reject-payment.ts';
import { reactivateAccount, suspendAccount } from './suspend.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const suspend = (tenant: Tenant, reason: string) =>
  services.asStaff(tenant, (context) => suspendAccount(context, { accountId: tenant.accountId, reason }));
const reactivate = (tenant: Tenant) =>
  services.asStaff(tenant, (context) =>
    reactivateAccount(context, { accountId: tenant.accountId, reason: 'resolved' }),
  );
const standingOf = (tenant: Tenant) =>
  services.inAccount(tenant, async (context) => (await getSubscription(context)).standing);
const submit = async (tenant: Tenant) => {
  const transfer = { planSlug: 'starter', payerName: 'A. Payer', amount: 2900, currency: 'USD' };
  return accepted(await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer)));
};
const reject = (tenant: Tenant, paymentId: string, staff = {}) =>
  services.asStaff(
    tenant,
    (context) => rejectPayment(context, { paymentId, reason: 'never arrived' }),
    staff,
  );

describe('suspending an account', () => {
  it('takes its standing, with the reason, until it is reactivated', async () => {
    const tenant = await services.register();
    expect(await suspend(tenant, 'abuse')).toMatchObject({ status: 'suspended', statusReason: 'abuse' });
    expect(await standingOf(tenant)).toMatchObject({ state: 'refused', code: 'account_suspended' });
    expect(await reactivate(tenant)).toMatchObject({ status: 'active', statusReason: null });
    expect(await standingOf(tenant)).toMatchObject({ state: 'good' });
    expect(await services.topicsOf(tenant)).toEqual([
      'account.reactivated',
      'account.registered',
      'account.suspended',
    ]);
  });

  it('is told once: a second suspension gives the new reason, and an active account is not reactivated', async () => {
    const tenant = await services.register();
    expect(await reactivate(tenant)).toEqual(refuse('conflict'));
    await suspend(tenant, 'abuse');
    expect(await suspend(tenant, 'fraud')).toMatchObject({ status: 'suspended', statusReason: 'fraud' });
    expect(await services.topicsOf(tenant)).toEqual(['account.registered', 'account.suspended']);
  });

  it('is refused for a closed account, and so is reactivating it', async () => {
    const tenant = await services.register();
    await services.database.query("update account set status = 'closed' where id = $1", [tenant.accountId]);
    expect([await suspend(tenant, 'abuse'), await reactivate(tenant)]).toEqual(
      Array(2).fill(refuse('conflict')),
    );
    expect(await standingOf(tenant)).toMatchObject({ code: 'account_closed' });
  });
});

describe('rejecting a payment', () => {
  it('fails it with the reason, by whom and when, and leaves the invoice open', async () => {
    const tenant = await services.register();
    const { id } = await submit(tenant);
    expect(await reject(tenant, id)).toMatchObject({
      status: 'failed',
      reason: 'never arrived',
      confirmedAt: now,
    });
    const [row] = await services.database.query(
      `select invoice.status, payment.confirmed_by from payment
       join invoice on invoice.id = payment.invoice_id where payment.id = $1`,
      [id],
    );
    expect(row).toEqual({ status: 'open', confirmed_by: expect.stringMatching(/^staff:/) });
    expect(await services.topicsOf(tenant)).toEqual([
      'account.registered',
      'invoice.issued',
      'payment.rejected',
      'payment.submitted',
    ]);
  });

  it('is refused for a payment that does not wait, or that is of another account', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { id } = await submit(tenant);
    expect([await reject(other, id), await reject(tenant, newId())]).toEqual(
      Array(2).fill(refuse('not_found')),
    );
    accepted(await reject(tenant, id));
    expect(codeOf(await reject(tenant, id))).toBe('payment_state');
  });

  it('is refused to staff who are members of the account', async () => {
    const tenant = await services.register();
    const { id } = await submit(tenant);
    expect(codeOf(await reject(tenant, id, { email: tenant.email }))).toBe('role_forbids');
    expect(codeOf(await reject(tenant, id))).toBe('ok');
  });
});
