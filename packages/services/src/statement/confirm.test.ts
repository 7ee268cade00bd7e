import { newId } from '@tenantry/db/ids';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceTest, type Tenant, accepted, codeOf, openServiceTest } from '../service.fixture.ts';
import { getSubscription } from '../subscription/get.ts';
import { approveLine } from './approve.ts';
import { ignoreLine } from './ignore.ts';
import { listLines } from './list.ts';
import { returnLine } from './return.ts';
import { credit, statement, statementsOf } from './statement.fixture.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { byStaff, load, linesOf, onlyLine, order, confirm } = statementsOf(() => services);

describe('confirming a line', () => {
  it('books its money and marks it, under the id of the bank', async () => {
    const tenant = await services.register();
    const { id: invoiceId, reference } = await order(tenant);
    const line = await onlyLine(
      statement([credit(reference, { bankId: 'EX2026030200117' })], { closing: '29,00' }),
    );
    const confirmed = accepted(await confirm(tenant, { lineId: line.id }));
    expect(confirmed).toMatchObject({
      lineId: line.id,
      invoice: { id: invoiceId, status: 'paid' },
      payment: { status: 'succeeded', externalPaymentId: 'EX2026030200117' },
      credits: { available: 5000 },
    });
    const [booked] = await services.database.query(
      'select status, processed_by, outcome from provider_event where id = $1',
      [line.id],
    );
    expect(booked).toMatchObject({
      status: 'processed',
      processed_by: expect.stringMatching(/^staff:/),
      outcome: { accountId: tenant.accountId, invoiceId, paymentId: confirmed.payment.id },
    });
    expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
  });

  it('happens once when two of staff confirm it at the same time (J42)', async () => {
    const tenant = await services.register();
    const { reference } = await order(tenant);
    const line = await onlyLine(statement([credit(reference)], { closing: '29,00' }));
    const codes = (await Promise.all([1, 2, 3].map(() => confirm(tenant, { lineId: line.id })))).map(codeOf);
    expect(codes.toSorted()).toEqual(['conflict', 'conflict', 'ok']);
    expect(codeOf(await confirm(tenant, { lineId: line.id }))).toBe('conflict');
  });

  it('books each of two lines that share an id of the bank', async () => {
    const [one, other] = [await services.register(), await services.register()];
    const references = [(await order(one)).reference, (await order(other)).reference];
    const bankId = 'BATCH2026030299';
    const file = await load(
      statement(
        references.map((text) => credit(text, { bankId })),
        { closing: '58,00' },
      ),
    );
    for (const line of await linesOf(file.id)) {
      const tenant = line.proposals[0]?.accountId === one.accountId ? one : other;
      accepted(await confirm(tenant, { lineId: line.id }));
    }
    expect(await linesOf(file.id, 'processed')).toHaveLength(2);
  });

  it('leaves the line in the queue when the money is refused', async () => {
    const tenant = await services.register();
    const { id: invoiceId } = await order(tenant);
    const line = await onlyLine(statement([credit('LESS', { amount: '28,00' })], { closing: '28,00' }));
    expect(codeOf(await confirm(tenant, { lineId: line.id, invoiceId: newId() }))).toBe('not_found');
    expect(codeOf(await confirm(tenant, { lineId: newId(), invoiceId }))).toBe('not_found');
    expect(
      (await listLines(byStaff(), { limit: 100, status: 'waiting' })).items.map(({ id }) => id),
    ).toContain(line.id);
  });

  it('is refused for money that went out, and for money that staff booked by hand', async () => {
    const tenant = await services.register();
    const { reference } = await order(tenant);
    const back = await load(statement([credit('x'), ':61:260302RC29,00NTRFNONREF\n:86:y']));
    const [out] = (await linesOf(back.id)).filter(({ direction }) => direction === 'debit');
    expect(codeOf(await confirm(tenant, { lineId: out?.id ?? '' }))).toBe('invalid_input');
    const line = await onlyLine(
      statement([credit(reference, { bankId: 'BYHAND2026-77' })], { closing: '29,00' }),
    );
    const known = await onlyLine(
      statement([credit('other', { bankId: 'OTHER2026-78' })], { closing: '29,00' }),
    );
    accepted(await confirm(tenant, { lineId: known.id }));
    await services.database.query(
      `update external_reference set reference = 'BYHAND202677' where reference = 'OTHER202678'`,
    );
    await order(tenant);
    expect(codeOf(await confirm(tenant, { lineId: line.id }))).toBe('reference_taken');
  });
});

describe('a line above the limit of one member of staff', () => {
  const approvals = { secondApproverCredits: undefined, secondApproverAmounts: { USD: 1000 } };
  const [ada, bea] = ['ada@staff.test', 'bea@staff.test'];
  const approve = (tenant: Tenant, lineId: string, email: string) =>
    services.asStaff(tenant, (context) => approveLine(context, { lineId, accountId: tenant.accountId }), {
      email,
    });

  it('is approved by one and confirmed by another', async () => {
    const tenant = await services.register();
    const { reference } = await order(tenant);
    const line = await onlyLine(statement([credit(reference)], { closing: '29,00' }));
    const by = (email: string) => confirm(tenant, { lineId: line.id }, { email, approvals });
    expect(await by(ada)).toMatchObject({ refused: 'payment_state', facts: { reason: 'approval_missing' } });
    expect(await approve(tenant, line.id, ada)).toMatchObject({
      lineId: line.id,
      payment: { status: 'pending_approval', total: { amount: 2900, currency: 'USD' } },
    });
    expect(await by(ada)).toMatchObject({
      refused: 'payment_state',
      facts: { reason: 'second_approver_missing' },
    });
    expect(accepted(await by(bea))).toMatchObject({ lineId: line.id, payment: { status: 'succeeded' } });
    expect(codeOf(await approve(tenant, line.id, ada))).toBe('conflict');
  });

  it('is approved for no line that does not wait, and for none that went out', async () => {
    const tenant = await services.register();
    await order(tenant);
    expect(codeOf(await approve(tenant, newId(), ada))).toBe('not_found');
    const back = await load(statement([credit('x'), ':61:260302RC29,00NTRFNONREF\n:86:y']));
    const out = (await linesOf(back.id)).find(({ direction }) => direction === 'debit');
    expect(codeOf(await approve(tenant, out?.id ?? '', ada))).toBe('invalid_input');
  });
});

describe('a line for an invoice that is paid', () => {
  it('is refused, and booked to the balance where staff want it', async () => {
    const tenant = await services.register();
    const { id: invoiceId, reference } = await order(tenant);
    const file = await load(
      statement([credit(reference), credit(`${reference} again`)], { closing: '58,00' }),
    );
    const [first, second] = await linesOf(file.id);
    accepted(await confirm(tenant, { lineId: first?.id ?? '', invoiceId }));
    const again = { lineId: second?.id ?? '', invoiceId };
    expect(await confirm(tenant, again)).toMatchObject({
      refused: 'payment_state',
      facts: { reason: 'paid' },
    });
    expect(accepted(await confirm(tenant, { ...again, toBalance: true }))).toMatchObject({
      payment: { status: 'succeeded' },
      invoice: { id: invoiceId, status: 'paid' },
    });
  });
});

describe('a line that takes a payment back', () => {
  const from = '/EREF/E2E-77/IBAN/NL26EXMP0987654321/NAME/Returned Customer/REMI/';
  const back = (text: string, amount = '29,00') =>
    load(statement([credit(`x ${newId()}`, { amount }), `:61:260302RC${amount}NTRFNONREF\n:86:${text}`]));
  const reversedOf = async (statementId: string) => {
    const line = (await linesOf(statementId)).find(({ direction }) => direction === 'debit');
    if (line === undefined) throw new Error('The file has no reversed line.');
    return line;
  };
  const giveBack = (tenant: Tenant, input: { lineId: string; paymentId: string }) =>
    services.asStaff(tenant, (context) => returnLine(context, { ...input, reason: 'Recalled.' }));

  it('is proposed with its payment, and returns it once', async () => {
    const tenant = await services.register();
    const { reference } = await order(tenant);
    const paid = await onlyLine(statement([credit(`${from}${reference}/`)], { closing: '29,00' }));
    const { payment } = accepted(await confirm(tenant, { lineId: paid.id }));
    const file = await back(`${from}returned/`);
    const line = await reversedOf(file.id);
    expect(line.returns).toMatchObject([
      {
        accountId: tenant.accountId,
        paymentId: payment.id,
        bookedOn: '2026-03-02',
        reasons: ['same_end_to_end_id', 'same_account', 'payer_alike'],
      },
    ]);
    const input = { lineId: line.id, paymentId: payment.id };
    const answers = await Promise.all([1, 2].map(() => giveBack(tenant, input)));
    expect(answers.map(codeOf).toSorted((one, other) => one.localeCompare(other))).toEqual([
      'conflict',
      'ok',
    ]);
    expect(answers).toContainEqual(
      expect.objectContaining({ payment: expect.objectContaining({ status: 'returned' }) }),
    );
    const subscription = await services.inAccount(tenant, (context) => getSubscription(context));
    expect(subscription.status).not.toBe('active');
  });

  it('returns no other money, no payment of another account, and nothing for money that came', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { reference } = await order(tenant);
    const paid = await onlyLine(statement([credit(reference)], { closing: '29,00' }));
    const { payment } = accepted(await confirm(tenant, { lineId: paid.id }));
    const less = await reversedOf((await back('less', '28,00')).id);
    expect(codeOf(await giveBack(tenant, { lineId: less.id, paymentId: payment.id }))).toBe(
      'amount_mismatch',
    );
    const line = await reversedOf((await back('back')).id);
    expect(codeOf(await giveBack(other, { lineId: line.id, paymentId: payment.id }))).toBe('not_found');
    expect(codeOf(await giveBack(tenant, { lineId: newId(), paymentId: payment.id }))).toBe('not_found');
    const came = await onlyLine(statement([credit('came')], { closing: '29,00' }));
    expect(codeOf(await giveBack(tenant, { lineId: came.id, paymentId: payment.id }))).toBe('invalid_input');
  });
});

describe('ignoring a line', () => {
  it('takes it out of the queue with its reason, once', async () => {
    const line = await onlyLine(statement([credit('IGNORED')], { closing: '29,00' }));
    const ignore = (lineId: string) => ignoreLine(byStaff(), { lineId, reason: 'A refund of a supplier.' });
    const codes = (await Promise.all([1, 2].map(() => ignore(line.id)))).map(codeOf);
    expect(codes.toSorted()).toEqual(['conflict', 'ok']);
    expect(codeOf(await ignore(newId()))).toBe('not_found');
    const tenant = await services.register();
    expect(codeOf(await confirm(tenant, { lineId: line.id }))).toBe('conflict');
    const [ignored] = (await listLines(byStaff(), { limit: 1, status: 'ignored' })).items;
    expect(ignored).toMatchObject({ id: line.id, reason: 'A refund of a supplier.', outcome: null });
  });
});
