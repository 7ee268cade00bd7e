import { lockAccount } from '@tenantry/db/account/queries';
import { runConcurrently } from '@tenantry/testing/concurrent-clients';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getInvoice } from '../invoice/get.ts';
import {
  type AccountContext,
  type ServiceTest,
  type Tenant,
  accepted,
  now,
  openServiceTest,
} from '../service.fixture.ts';
import { updateAccount } from '../account/update.ts';
import { becomeIssuer, european } from './issuer.fixture.ts';
import { moneyTest } from './money.fixture.ts';
import { type InvoiceOrder, issueInvoice } from './issue-invoice.ts';

let services: ServiceTest;
let planId: string;
beforeAll(async () => {
  services = await openServiceTest();
  const [plan] = await services.database.query("select id from plan where slug = 'starter'");
  planId = String(plan?.['id']);
});
afterAll(() => services.close());

const invoices = Number(process.env['INVOICES'] ?? 60);

const line = { description: 'Starter', quantity: 1, unitAmount: 2900, amount: 2900, period: null };
const issue = (tenant: Tenant, more: Partial<Pick<InvoiceOrder, 'lines' | 'currency' | 'period'>> = {}) =>
  services.inAccount(tenant, async (context) => {
    await lockAccount(context.tx);
    const order = { kind: 'subscription' as const, planId, lines: [line], currency: 'USD', period: null };
    const { id: invoiceId } = await issueInvoice(context, { ...order, dueAt: now, ...more });
    return accepted(await getInvoice(context, { invoiceId }));
  });

const issueOne = (context: AccountContext) =>
  issueInvoice(context, {
    kind: 'subscription',
    planId,
    lines: [line],
    currency: 'USD',
    period: null,
    dueAt: now,
  });

describe('an invoice', () => {
  it(`has the next number of its issuer, without a gap, when ${invoices} are issued at once (J25)`, async () => {
    const tenants = await Promise.all(Array.from({ length: 10 }, () => services.register()));
    const numbers: string[] = [];
    await runConcurrently(invoices, 20, async (index) => {
      const tenant = tenants[index % tenants.length];
      if (tenant === undefined) throw new Error('There is no tenant.');
      // Every seventh rolls back after it has taken its number.
      const isLost = index % 7 === 3;
      const issued = services.inAccount(tenant, async (context) => {
        await lockAccount(context.tx);
        const { number } = await issueOne(context);
        if (isLost) throw new Error('lost');
        return number;
      });
      const number = await issued.catch(() => undefined);
      if (number !== undefined) numbers.push(number);
      return number === undefined ? 'lost' : 'issued';
    });
    const expected = numbers.map((_number, index) => `INV-${String(index + 1).padStart(6, '0')}`);
    expect(numbers.toSorted()).toEqual(expected);
    expect(numbers.length).toBeGreaterThan(invoices / 2);
  });

  it('has one of the numbers 1 to 200, each once, when ten accounts issue 200 at once', async () => {
    await becomeIssuer(services, { ...european, invoicePrefix: 'ALL-' });
    const tenants = await Promise.all(Array.from({ length: 10 }, () => services.register()));
    const numbers: string[] = [];
    // The lock of an account puts its own invoices one after the other; the accounts compete for the numbers.
    const issueTwenty = async (tenant: Tenant) => {
      for (let one = 0; one < 20; one += 1)
        numbers.push(await services.inAccount(tenant, async (context) => (await issueOne(context)).number));
    };
    await Promise.all(tenants.map(issueTwenty));
    const expected = Array.from(
      { length: 200 },
      (_none, index) => `ALL-${String(index + 1).padStart(6, '0')}`,
    );
    expect(numbers.toSorted()).toEqual(expected);
    const stored = await services.database.query(
      "select number from invoice where number like 'ALL-%' order by number",
    );
    expect(stored.map(({ number }) => number)).toEqual(expected);
  });

  it('keeps issuer, payee, customer and tax as they were, and each prefix counts for itself', async () => {
    const tenant = await services.register({ accountName: 'Customer before' });
    await becomeIssuer(services, european);
    const invoice = await issue(tenant, {
      currency: 'EUR',
      lines: [{ ...line, unitAmount: 11_900, amount: 11_900 }],
    });
    await services.inAccount(tenant, (context) => updateAccount(context, { name: 'Customer after' }));
    const moved = { ...european, name: 'Andere GmbH', taxRateBasisPoints: null };
    await becomeIssuer(services, moved);
    const again = await services.inAccount(tenant, (context) =>
      getInvoice(context, { invoiceId: invoice.id }),
    );
    expect(again).toEqual(invoice);
    const { payees: _payees, taxRateBasisPoints: _rate, invoicePrefix: _prefix, ...issuer } = european;
    expect(invoice).toMatchObject({
      number: 'BG-000001',
      issuer,
      payee: european.payees['EUR'],
      customer: { name: 'Customer before' },
      total: { amount: 11_900, currency: 'EUR' },
      tax: { amount: 1900, currency: 'EUR' },
      taxRateBasisPoints: 1900,
      due: { amount: 11_900, currency: 'EUR' },
    });
    expect(await issue(tenant)).toMatchObject({
      number: 'BG-000002',
      customer: { name: 'Customer after' },
      payee: null,
      taxRateBasisPoints: null,
      tax: { amount: 0 },
    });
    expect(await services.topicsOf(tenant)).toContain('invoice.issued');
  });

  it('has the code for banking apps over what is due, and none when nothing is', async () => {
    const tenant = await services.register();
    await becomeIssuer(services, european);
    const { id: invoiceId, epcQr } = await issue(tenant, { currency: 'EUR' });
    expect(epcQr?.split('\n').slice(5, 8)).toEqual(['Beispiel GmbH', 'DE89370400440532013000', 'EUR29.00']);
    const confirm = moneyTest(() => services).confirm;
    accepted(await confirm(tenant, { invoiceId, currency: 'EUR', amount: 1950 }));
    const { invoice } = moneyTest(() => services);
    expect((await invoice(tenant, invoiceId)).epcQr).toContain('EUR9.50');
    accepted(await confirm(tenant, { invoiceId, currency: 'EUR', amount: 950 }));
    expect(await invoice(tenant, invoiceId)).toMatchObject({ status: 'paid', epcQr: null });
  });

  it('is refused by the database with a number that is not the next, and by the lines that do not sum', async () => {
    const tenant = await services.register();
    await issue(tenant);
    for (const sql of [
      'update invoice_series set last_number = last_number + 2',
      'update invoice_series set last_number = last_number',
      "update invoice_series set series = 'X-'",
    ])
      await expect(services.database.query(sql)).rejects.toThrow(/have no gap/);
    await expect(issue(tenant, { lines: [{ ...line, quantity: 2 }] })).rejects.toThrow(/multiply/);
    await expect(issue(tenant, { lines: [{ ...line, unitAmount: -1, amount: -1 }] })).rejects.toThrow(
      /sum to -1/,
    );
  });
});
