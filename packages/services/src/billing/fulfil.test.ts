import { lockAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import { addDays } from '@tenantry/domain/time';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCredits } from '../credit/get.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { getSubscription } from '../subscription/get.ts';
import { issueInvoice } from './issue-invoice.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

async function addPackage(validDays: number | null): Promise<string> {
  const id = newId();
  await services.database.query(
    `insert into credit_package (id, slug, package_version, name, credits, price_amount, currency, valid_days)
     values ($1, $2, 1, '1,000 credits', 1000, 900, 'USD', $3)`,
    [id, `p${id}`, validDays],
  );
  return id;
}

const invoicePackage = (tenant: Tenant, packageId: string) =>
  services.inAccount(tenant, async (context) => {
    await lockAccount(context.tx);
    const line = { description: '1,000 credits', quantity: 1, unitAmount: 900, amount: 900, period: null };
    const order = { kind: 'package' as const, packageId, lines: [line], currency: 'USD', period: null };
    return issueInvoice(context, { ...order, dueAt: now });
  });

const confirm = (tenant: Tenant, invoiceId: string, externalPaymentId = `FT ${newId()}`) => {
  const input = { payerName: 'A. Payer', amount: 900, currency: 'USD', invoiceId, externalPaymentId };
  return services.asStaff(tenant, (context) => confirmBankTransfer(context, input));
};

const grantsOf = async ({ accountId }: Tenant) =>
  services.database.query(
    `select amount::int, expires_at as "expiresAt" from credit_grant where account_id = $1 and kind = 'purchase'`,
    [accountId],
  );

describe('a paid package', () => {
  it('grants its credits once, beside those of the plan, and leaves the subscription as it is', async () => {
    const tenant = await services.register();
    const before = await services.inAccount(tenant, getSubscription);
    const invoice = await invoicePackage(tenant, await addPackage(90));
    const externalPaymentId = `FT ${newId()}`;
    accepted(await confirm(tenant, invoice.id, externalPaymentId));
    accepted(await confirm(tenant, invoice.id, externalPaymentId));
    expect(codeOf(await confirm(tenant, invoice.id))).toBe('payment_state');
    expect(await grantsOf(tenant)).toEqual([{ amount: 1000, expiresAt: addDays(now, 90) }]);
    const credits = await services.inAccount(tenant, getCredits);
    expect(credits.byKind).toMatchObject({ plan: 1000, purchase: 1000 });
    expect(await services.inAccount(tenant, getSubscription)).toEqual(before);
    expect(await services.topicsOf(tenant)).toEqual(
      expect.arrayContaining(['invoice.issued', 'invoice.paid', 'payment.succeeded']),
    );
    expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
  });

  it('lasts as long as the plan says where it says nothing', async () => {
    const tenant = await services.register();
    accepted(await confirm(tenant, (await invoicePackage(tenant, await addPackage(null))).id));
    expect(await grantsOf(tenant)).toEqual([{ amount: 1000, expiresAt: null }]);
  });
});
