import type { BillingDetailsInput } from '@tenantry/contract/billing-details';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moneyTest } from '../billing/money.fixture.ts';
import { type ServiceTest, type Tenant, openServiceTest } from '../service.fixture.ts';
import { getAccountForStaff } from '../staff/get-account.ts';
import { getBillingDetails } from './get.ts';
import { setBillingDetails } from './set.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { ask, invoice } = moneyTest(() => services);
const details: BillingDetailsInput = {
  legalName: 'Example Holding GmbH',
  address: ['Beispielweg 1', '10115 Berlin'],
  country: 'DE',
  taxId: 'DE123456789',
  email: 'invoices@example.test',
};
const none = { legalName: null, address: [], country: null, taxId: null, email: null };
const set = (tenant: Tenant, more: Partial<BillingDetailsInput> = {}) =>
  services.inAccount(tenant, (context) => setBillingDetails(context, { ...details, ...more }));
const get = (tenant: Tenant) => services.inAccount(tenant, getBillingDetails);

describe('billing details', () => {
  it('are nothing until they are said, and then what was said last, as a whole', async () => {
    const tenant = await services.register();
    expect(await get(tenant)).toEqual(none);
    expect(await set(tenant)).toEqual(details);
    const second = { address: ['Neuer Weg 2'], taxId: null, email: null };
    await set(tenant, second);
    expect(await get(tenant)).toEqual({ ...details, ...second });
  });

  it('are the customer of invoices that are issued after that, and of no other account', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const before = await ask(tenant, 'starter');
    const nameAlone = { name: 'An account', address: [], country: null, taxId: null, email: null };
    expect(before.customer).toEqual(nameAlone);
    await set(tenant);
    const { legalName: name, ...rest } = details;
    const after = await ask(tenant, 'growth');
    expect(after.customer).toEqual({ name, ...rest });
    expect((await invoice(tenant, before.id)).customer).toEqual(nameAlone);
    expect((await ask(other, 'starter')).customer).toEqual(nameAlone);
    expect(await get(other)).toEqual(none);
  });

  it('stay on an invoice as they were when they change after it (J31)', async () => {
    const tenant = await services.register();
    await set(tenant);
    const { id } = await ask(tenant, 'starter');
    await set(tenant, { legalName: 'Another GmbH', country: 'AT' });
    expect((await invoice(tenant, id)).customer).toMatchObject({
      name: 'Example Holding GmbH',
      country: 'DE',
    });
  });

  it('may come with a registration, whose first invoice has them', async () => {
    const paid = { planSlug: 'starter', paymentMethod: 'bank_transfer' } as const;
    const tenant = await services.register({ ...paid, billingDetails: details });
    expect(await get(tenant)).toEqual(details);
    const [first] = await services.database.query('select customer from invoice where account_id = $1', [
      tenant.accountId,
    ]);
    expect(first?.['customer']).toMatchObject({ name: details.legalName, taxId: details.taxId });
  });

  it('are shown to staff, who may not change them', async () => {
    const tenant = await services.register({ billingDetails: details });
    expect((await services.asStaff(tenant, getAccountForStaff)).billingDetails).toEqual(details);
    const changed = services.asStaff(tenant, (context) => setBillingDetails(context, details));
    await expect(changed).rejects.toThrow(/permission denied/);
  });

  it('that miss a part are refused by the database', async () => {
    const tenant = await services.register();
    const broken = services.database.query(
      `update account set billing_details = '{"legalName": "A"}' where id = $1`,
      [tenant.accountId],
    );
    await expect(broken).rejects.toThrow(/account_billing_details_check/);
  });
});
