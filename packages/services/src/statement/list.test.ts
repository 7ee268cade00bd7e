import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, accepted, openServiceTest } from '../service.fixture.ts';
import { credit, statement, statementsOf } from './statement.fixture.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { load, linesOf, onlyLine, order, confirm } = statementsOf(() => services);

describe('the proposals for a line', () => {
  it('are the invoice that it names, in whichever account', async () => {
    const tenant = await services.register({ accountName: 'Ada Example' });
    const { id: invoiceId, reference, number } = await order(tenant);
    const byReference = await onlyLine(statement([credit(`Ref ${reference}`)], { closing: '29,00' }));
    expect(byReference.proposals).toMatchObject([
      { accountId: tenant.accountId, invoiceId, score: 85, reasons: ['exact_reference', 'amount_equal'] },
    ]);
    const byNumber = await onlyLine(
      statement([credit(`Invoice ${number.replaceAll('-', ' ')}`, { amount: '1,00' })], { closing: '1,00' }),
    );
    expect(byNumber.proposals).toMatchObject([{ invoiceId, reasons: ['invoice_number', 'amount_differs'] }]);
  });

  it('are the payment whose bank reference was submitted, and the invoice of a payer by name and amount', async () => {
    const tenant = await services.register({ accountName: 'Quite Unusual Customer' });
    const transfer = {
      planSlug: 'starter',
      payerName: 'Zoe Rarely',
      amount: 2900,
      currency: 'USD',
      externalPaymentId: 'FT-2026/8899',
    };
    const { id: paymentId } = accepted(
      await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer)),
    );
    const submitted = await onlyLine(
      statement([credit('x', { bankId: 'ft 2026 8899' })], { closing: '29,00' }),
    );
    expect(submitted.proposals[0]).toMatchObject({ paymentId, reasons: ['bank_reference', 'amount_equal'] });
    const named = await onlyLine(statement([credit('/NAME/ZOE RARELY/REMI/thanks/')], { closing: '29,00' }));
    expect(named.proposals[0]).toMatchObject({ paymentId, reasons: ['amount_equal', 'payer_alike'] });
  });

  it('are those of the account that paid from the same account before', async () => {
    const tenant = await services.register();
    const { reference } = await order(tenant);
    const from = (text: string) => credit(`/IBAN/NL26EXMP0987654321/REMI/${text}/`, { amount: '29,00' });
    const first = await onlyLine(statement([from(reference)], { closing: '29,00' }));
    accepted(await confirm(tenant, { lineId: first.id }));
    const { id: invoiceId } = await order(tenant);
    const second = await onlyLine(statement([from('monthly')], { closing: '29,00' }));
    expect(second.proposals).toMatchObject([{ invoiceId, reasons: ['amount_equal', 'known_account'] }]);
  });

  it('are none for a line that names nothing, and none for money that went out', async () => {
    expect((await onlyLine(statement([credit('HELLO')], { closing: '29,00' }))).proposals).toEqual([]);
    const { reference } = await order(await services.register());
    const back = `:61:260302RC29,00NTRFNONREF\n:86:${reference}`;
    const file = await load(statement([credit('IN'), back]));
    expect((await linesOf(file.id)).map(({ proposals }) => proposals)).toEqual([[], []]);
  });
});
