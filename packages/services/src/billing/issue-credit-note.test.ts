import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { runConcurrently } from '@tenantry/testing/concurrent-clients';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setBillingDetails } from '../billing-details/set.ts';
import { getCreditNote } from '../credit-note/get.ts';
import { listCreditNotes } from '../credit-note/list.ts';
import { printCreditNote } from '../credit-note/print.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, openServiceTest } from '../service.fixture.ts';
import { refundPayment } from '../staff/refund-payment.ts';
import { returnPayment } from '../staff/return-payment.ts';
import { becomeIssuer, european } from './issuer.fixture.ts';
import { moneyTest } from './money.fixture.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { ask, confirm, invoice } = moneyTest(() => services);
const pay = async (tenant: Tenant, amount = 2900) => {
  const { id: invoiceId } = await ask(tenant);
  accepted(await confirm(tenant, { invoiceId, amount }));
  const [payment] = await services.database.query('select id from payment where invoice_id = $1', [
    invoiceId,
  ]);
  return { invoiceId, paymentId: String(payment?.['id']) };
};
const refund = (tenant: Tenant, paymentId: string, amount: number) =>
  services.asStaff(tenant, (context) => refundPayment(context, { paymentId, amount, reason: 'goodwill' }));
const notes = async (tenant: Tenant) =>
  (await services.inAccount(tenant, (context) => listCreditNotes(context, { limit: 50 }))).items;
const details = {
  legalName: 'Example Holding GmbH',
  address: ['Beispielweg 1'],
  country: 'DE',
  taxId: 'DE1',
  email: null,
};

describe('a credit note', () => {
  it('is what the account gets for a refund in whole: the lines of the invoice, in the name of its customer', async () => {
    const tenant = await services.register({ billingDetails: details });
    const { invoiceId, paymentId } = await pay(tenant);
    await services.inAccount(tenant, (context) =>
      setBillingDetails(context, { ...details, legalName: 'Another GmbH' }),
    );
    accepted(await refund(tenant, paymentId, 2900));
    const credited = await invoice(tenant, invoiceId);
    const [note, ...others] = await notes(tenant);
    expect(others).toEqual([]);
    expect(note).toMatchObject({
      number: expect.stringMatching(/^CN-.*-000001$/),
      invoiceId,
      invoiceNumber: credited.number,
      invoiceCreatedAt: credited.createdAt,
      paymentId,
      customer: { name: 'Example Holding GmbH', taxId: 'DE1' },
      lines: credited.lines,
      total: { amount: 2900, currency: 'USD' },
    });
    expect(credited).toMatchObject({ status: 'paid', credited: { amount: 2900, currency: 'USD' } });
    expect(await services.topicsOf(tenant)).toContain('credit_note.issued');
  });

  it('is for each part that is sent back of the invoice, and the taxes of the parts sum to its tax (J32)', async () => {
    await becomeIssuer(services, { ...european, invoicePrefix: 'P-' });
    const tenant = await services.register();
    const { invoiceId, paymentId } = await pay(tenant);
    for (const amount of [967, 967, 966]) accepted(await refund(tenant, paymentId, amount));
    const written = (await notes(tenant)).toReversed();
    expect(written.map(({ number, total }) => [number, total.amount])).toEqual([
      ['CN-P-000001', 967],
      ['CN-P-000002', 967],
      ['CN-P-000003', 966],
    ]);
    const { tax, taxRateBasisPoints } = await invoice(tenant, invoiceId);
    expect(tax.amount).toBe(463);
    expect(written.reduce((sum, note) => sum + note.tax.amount, 0)).toBe(tax.amount);
    expect(written.every((note) => note.taxRateBasisPoints === taxRateBasisPoints)).toBe(true);
  });

  it('has issuer and series of its invoice when the operator has others since, and no number of an invoice', async () => {
    await becomeIssuer(services, { ...european, invoicePrefix: 'OLD-' });
    const tenant = await services.register();
    const { paymentId } = await pay(tenant);
    accepted(await refund(tenant, paymentId, 100));
    await becomeIssuer(services, { ...european, name: 'Neue GmbH', invoicePrefix: 'NEW-' });
    accepted(await refund(tenant, paymentId, 100));
    expect((await notes(tenant)).map(({ number, issuer }) => [number, issuer?.name])).toEqual([
      ['CN-OLD-000002', 'Beispiel GmbH'],
      ['CN-OLD-000001', 'Beispiel GmbH'],
    ]);
    expect((await ask(await services.register())).number).toBe('NEW-000001');
  });

  it('is over what was sent back of the invoice, and none is made for money of the balance', async () => {
    const tenant = await services.register();
    const { invoiceId, paymentId } = await pay(tenant, 4000);
    accepted(await refund(tenant, paymentId, 1100));
    expect(await notes(tenant)).toEqual([]);
    expect((await invoice(tenant, invoiceId)).credited.amount).toBe(0);
    const second = await services.register();
    const paid = await pay(second, 4000);
    accepted(await refund(second, paid.paymentId, 1600));
    expect((await notes(second)).map(({ total }) => total.amount)).toEqual([500]);
  });

  it('is not made for a payment that the bank takes back, nor for a refund that is refused', async () => {
    const tenant = await services.register();
    const { paymentId } = await pay(tenant);
    expect(codeOf(await refund(tenant, paymentId, 2901))).toBe('amount_mismatch');
    expect(codeOf(await refund(tenant, newId(), 1))).toBe('not_found');
    const returned = { paymentId, reason: 'recalled' };
    accepted(await services.asStaff(tenant, (context) => returnPayment(context, returned)));
    expect(codeOf(await refund(tenant, paymentId, 1))).toBe('payment_state');
    expect(await notes(tenant)).toEqual([]);
    expect(await services.topicsOf(tenant)).not.toContain('credit_note.issued');
  });

  it('is once for each part when many are sent back at once, and the numbers have no gap (J32)', async () => {
    await becomeIssuer(services, { ...european, invoicePrefix: 'G-' });
    const paid = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const tenant = await services.register();
        return { tenant, ...(await pay(tenant)) };
      }),
    );
    const outcomes: string[] = [];
    await runConcurrently(40, 10, async (index) => {
      const one = paid[index % paid.length];
      if (one === undefined) throw new Error('Nothing was paid.');
      const outcome = codeOf(await refund(one.tenant, one.paymentId, 725));
      outcomes.push(outcome);
      return outcome;
    });
    // Four parts of each of five payments; the rest is above what is left, or of a payment that is refunded.
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(20);
    const rows = await services.database.query(
      "select number from credit_note where number like 'CN-G-%' order by number",
    );
    expect(rows.map(({ number }) => number)).toEqual(
      Array.from({ length: 20 }, (_one, index) => `CN-G-${String(index + 1).padStart(6, '0')}`),
    );
  });

  it('of a sandbox is numbered in a series of its own', async () => {
    await becomeIssuer(services, { ...european, invoicePrefix: 'ABCDEFGHIJKLMNOPQRST' });
    const tenant = await services.register();
    await services.database.query('update account set sandbox = true where id = $1', [tenant.accountId]);
    const { paymentId } = await pay(tenant);
    accepted(await refund(tenant, paymentId, 1));
    expect((await notes(tenant))[0]?.number).toBe('CN-TEST-ABCDEFGHIJKLMNOPQRST000001');
  });

  it('is of its account alone, is printed, and nobody changes or removes it', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { paymentId } = await pay(tenant);
    accepted(await refund(tenant, paymentId, 100));
    const [{ id: creditNoteId, number } = { id: '', number: '' }] = await notes(tenant);
    const read = (by: Tenant) =>
      services.inAccount(by, (context) => getCreditNote(context, { creditNoteId }));
    const note = accepted(await read(tenant));
    expect(await read(other)).toEqual(refuse('not_found'));
    expect(await notes(other)).toEqual([]);
    const { bytes, name } = accepted(await printCreditNote.finish(services.ports, note));
    expect([new TextDecoder().decode(bytes), name]).toEqual([
      `PDF of ${number}`,
      `credit-note-${creditNoteId}.pdf`,
    ]);
    const rights = await services.database.query(
      `select grantee, privilege_type from information_schema.role_table_grants
       where table_name = 'credit_note' and grantee like 'tenantry\\_%' and grantee <> 'tenantry_owner' order by 1, 2`,
    );
    expect(rights).toEqual([
      { grantee: 'tenantry_admin', privilege_type: 'INSERT' },
      { grantee: 'tenantry_admin', privilege_type: 'SELECT' },
      { grantee: 'tenantry_api', privilege_type: 'SELECT' },
    ]);
  });
});
