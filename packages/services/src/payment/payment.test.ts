import type { SubmitBankTransferInput } from '@tenantry/contract/payment';
import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceTest, type Tenant, accepted, codeOf, openServiceTest } from '../service.fixture.ts';
import { rejectPayment } from '../staff/reject-payment.ts';
import { orderPlan } from '../subscription/change.ts';
import { addProof } from './add-proof.ts';
import { getPayment } from './get.ts';
import { submitBankTransfer } from './submit-bank-transfer.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const price = { payerName: 'A. Payer', amount: 2900, currency: 'USD' };
const submit = (tenant: Tenant, more: Partial<SubmitBankTransferInput> = { planSlug: 'starter' }) =>
  services.inAccount(tenant, (context) => submitBankTransfer(context, { ...price, ...more }));
const get = async (tenant: Tenant, paymentId: string) =>
  accepted(await services.inAccount(tenant, (context) => getPayment(context, { paymentId })));
const reject = (tenant: Tenant, paymentId: string) =>
  services.asStaff(tenant, (context) => rejectPayment(context, { paymentId, reason: 'never arrived' }));
const prove = (tenant: Tenant, paymentId: string) =>
  services.inAccount(tenant, (context) => addProof(context, { paymentId, file: new Uint8Array(7) }));
const invoiceOf = async (tenant: Tenant, planSlug = 'starter') => {
  const change = { planSlug, paymentMethod: 'bank_transfer' } as const;
  return accepted(await services.inAccount(tenant, (context) => orderPlan(context, change))).invoice;
};

describe('reporting a bank transfer', () => {
  it('makes a payment of a new invoice of the plan, which waits for an operator', async () => {
    const tenant = await services.register();
    const proofUrl = 'https://proofs.example/1.pdf';
    const made = accepted(await submit(tenant, { planSlug: 'starter', externalPaymentId: 'FT 1', proofUrl }));
    expect(made).toMatchObject({
      status: 'pending_approval',
      method: 'bank_transfer',
      total: { amount: 2900, currency: 'USD' },
      externalPaymentId: 'FT 1',
      invoice: { id: made.invoiceId, status: 'open', planSlug: 'starter' },
      reference: made.invoice.reference,
    });
    const { proofs, ...payment } = await get(tenant, made.id);
    expect(made).toMatchObject(payment);
    expect(proofs).toMatchObject([{ paymentId: made.id, url: proofUrl, mediaType: null }]);
    const other = await services.register();
    const read = { paymentId: made.id };
    expect(codeOf(await services.inAccount(other, (context) => getPayment(context, read)))).toBe('not_found');
  });

  it('names an open invoice instead of a plan', async () => {
    const tenant = await services.register();
    const invoice = await invoiceOf(tenant);
    expect(await submit(tenant, { invoiceId: invoice.id })).toMatchObject({
      invoiceId: invoice.id,
      reference: invoice.reference,
    });
  });

  it('is refused for an invoice of another account, and for a plan that is not sold', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const invoice = await invoiceOf(other);
    expect(codeOf(await submit(tenant, { invoiceId: invoice.id }))).toBe('not_found');
    expect(codeOf(await submit(tenant, { planSlug: 'unthrottled' }))).toBe('not_found');
    expect(codeOf(await submit(tenant, { planSlug: 'trial' }))).toBe('conflict');
  });

  it('is refused for another currency than that of the invoice, and leaves no invoice behind', async () => {
    const tenant = await services.register();
    const plan = { planSlug: 'starter' };
    expect(codeOf(await submit(tenant, { ...plan, currency: 'EUR' }))).toBe('currency_mismatch');
    const written = await services.database.query('select id from invoice where account_id = $1', [
      tenant.accountId,
    ]);
    expect(written).toEqual([]);
  });

  it('is refused while another payment of the invoice waits, and not after it was rejected', async () => {
    const tenant = await services.register();
    const first = accepted(await submit(tenant));
    expect(codeOf(await submit(tenant))).toBe('payment_state');
    accepted(await reject(tenant, first.id));
    const second = accepted(await submit(tenant));
    expect(second.invoiceId).toBe(first.invoiceId);
  });

  it.each(['paid', 'void'])('is refused for an invoice that is %s', async (status) => {
    const tenant = await services.register();
    const { id: invoiceId } = await invoiceOf(tenant);
    await services.database.query(
      "update invoice set status = $2, amount_paid = case $2 when 'paid' then amount else 0 end where id = $1",
      [invoiceId, status],
    );
    expect(codeOf(await submit(tenant, { invoiceId }))).toBe('payment_state');
  });
});

describe('adding a file to a payment', () => {
  it('keeps the file, and shows what it is and not where it is kept', async () => {
    const tenant = await services.register();
    const { id } = accepted(await submit(tenant));
    const kept = services.fileNames.size;
    const proof = accepted(await prove(tenant, id));
    expect(proof).toMatchObject({ paymentId: id, mediaType: 'image/png', sizeBytes: 7, url: null });
    expect((await get(tenant, id)).proofs).toEqual([proof]);
    expect(services.fileNames.size).toBe(kept + 1);
  });

  it('is refused when no payment waits for an operator, and removes the file again', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { id } = accepted(await submit(tenant));
    const kept = services.fileNames.size;
    expect(await prove(other, id)).toEqual(refuse('not_found'));
    expect(await prove(tenant, newId())).toEqual(refuse('not_found'));
    accepted(await reject(tenant, id));
    expect(await prove(tenant, id)).toEqual(refuse('payment_state'));
    expect(services.fileNames.size).toBe(kept);
  });

  it.each([
    ['too_large', 'payload_too_large'],
    ['another_type', 'unsupported_media_type'],
    ['empty', 'unsupported_media_type'],
  ] as const)('is refused for a file that is %s as %s', async (fault, code) => {
    const tenant = await services.register();
    const { id } = accepted(await submit(tenant));
    services.setFileFault(fault);
    const answer = await prove(tenant, id);
    services.setFileFault(undefined);
    expect(answer).toMatchObject(refuse(code, { errors: [{ path: 'file', message: expect.any(String) }] }));
    expect((await get(tenant, id)).proofs).toEqual([]);
  });
});
