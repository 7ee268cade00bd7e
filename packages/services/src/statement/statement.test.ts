import type { ConfirmStatementLineInput, ImportStatementInput } from '@tenantry/contract/statement';
import { newId } from '@tenantry/db/ids';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonContext } from '../context.ts';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { changeSubscription } from '../subscription/change.ts';
import { confirmLine } from './confirm.ts';
import { ignoreLine } from './ignore.ts';
import { importStatement } from './import.ts';
import { getStatement, listLines, listStatements } from './list.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

/** The context of a call by staff without an account. */
function byStaff(): PersonContext<'statements'> {
  const actor = { kind: 'staff', staffId: newId(), role: 'finance', sessionId: newId() } as const;
  const { admin } = services.database;
  return {
    ...services.directory(),
    database: admin,
    actor,
    commit: (work) => admin.withoutAccount.write({}, work),
    commitInAccount: () => Promise.reject(new Error('No account is made here.')),
  };
}

/** An MT940 message of one account of ours; each of its movements is a pair of fields 61 and 86. */
function statement(
  movements: readonly string[],
  { account = '12345678', closing = '0,00', day = '260302' } = {},
) {
  const lines = [
    ':20:X',
    `:25:${account}`,
    ':60M:C260301USD0,00',
    ...movements,
    `:62M:C${day}USD${closing}`,
    '',
  ];
  return Buffer.from(lines.join('\n'));
}
const credit = (text: string, { amount = '29,00', bankId = newId().replaceAll('-', '').slice(-16) } = {}) =>
  `:61:260302C${amount}NTRFNONREF//${bankId}\n:86:${text}`;

const load = async (file: Uint8Array<ArrayBuffer>, more: Partial<ImportStatementInput> = {}) =>
  accepted(await importStatement(byStaff(), { file, mapping: undefined, ...more }));
const linesOf = async (
  statementId: string,
  status: 'waiting' | 'processed' | 'ignored' | 'noted' = 'waiting',
) => (await listLines(byStaff(), { limit: 100, status, statementId })).items;
const onlyLine = async (file: Uint8Array<ArrayBuffer>) => {
  const [line] = await linesOf((await load(file)).id);
  if (line === undefined) throw new Error('The file has no line that waits.');
  return line;
};

const order = async (tenant: Tenant) => {
  const input = { planSlug: 'starter', paymentMethod: 'bank_transfer' } as const;
  return accepted(await services.inAccount(tenant, (context) => changeSubscription(context, input))).invoice;
};
const confirm = (
  tenant: Tenant,
  input: Partial<ConfirmStatementLineInput> & { lineId: string },
  staff = {},
) =>
  services.asStaff(
    tenant,
    (context) => confirmLine(context, { accountId: tenant.accountId, ...input }),
    staff,
  );

describe('importing a statement', () => {
  it('keeps its lines, and says what it holds', async () => {
    const movements = [
      credit('A'),
      ':61:260302D9,00NTRFNONREF\n:86:FEE',
      ':61:260302RC1,00NTRFNONREF\n:86:BACK',
    ];
    const file = await load(statement(movements, { closing: '19,00' }));
    expect(file).toMatchObject({ format: 'mt940', lineCount: 3, newLineCount: 3, importedAt: now });
    expect((await linesOf(file.id)).map(({ remittance }) => remittance).toSorted()).toEqual(['A', 'BACK']);
    expect(await linesOf(file.id, 'noted')).toMatchObject([
      { remittance: 'FEE', total: { amount: 900, currency: 'USD' } },
    ]);
    expect(accepted(await getStatement(byStaff(), { statementId: file.id }))).toEqual(file);
    expect((await listStatements(byStaff(), { limit: 1 })).items).toEqual([file]);
  });

  it('answers the same for the same file, and keeps its lines once', async () => {
    const bytes = statement([credit('AGAIN')], { closing: '29,00' });
    const first = await load(bytes);
    expect(await load(bytes)).toEqual(first);
    expect(await linesOf(first.id)).toHaveLength(1);
  });

  it('knows a line of an earlier file, and counts those that are alike within one', async () => {
    const [shared, alike] = [credit('SHARED'), ':61:260302C29,00NTRFNONREF\n:86:ALIKE'];
    const first = await load(statement([shared, alike, alike], { closing: '87,00' }));
    const more = statement([alike, shared, alike, credit('NEW')], { closing: '116,00' });
    const second = await load(more);
    expect([first.newLineCount, second.newLineCount, second.lineCount]).toEqual([3, 1, 4]);
    expect(await linesOf(second.id)).toHaveLength(4);
  });

  it('keeps lines once when the same file, and one that overlaps, come at the same time', async () => {
    const movements = Array.from({ length: 60 }, (_none, index) =>
      credit(`RACE ${index}`, { amount: '1,00' }),
    );
    const whole = statement(movements, { closing: '60,00' });
    const overlapping = statement(movements.toReversed().slice(0, 40), { closing: '40,00' });
    const files = await Promise.all(
      [whole, overlapping, whole, overlapping, whole].map((bytes) => load(bytes)),
    );
    expect(new Set(files.map(({ id }) => id)).size).toBe(2);
    const known = await services.database.query(
      `select count(*)::int as count from provider_event where payload ->> 'remittance' like 'RACE %'`,
    );
    expect(known).toEqual([{ count: 60 }]);
  });

  it('writes nothing of a file that is refused, with its line and the reason', async () => {
    const before = await services.database.query('select count(*)::int as count from provider_event');
    const bytes = statement([credit('REFUSED')], { closing: '30,00' });
    const refused = await importStatement(byStaff(), { file: bytes, mapping: undefined });
    expect(refused).toMatchObject({
      refused: 'invalid_input',
      facts: { errors: [{ path: 'file', message: expect.stringMatching(/^line 6: closes with 3000/) }] },
    });
    expect(await services.database.query('select count(*)::int as count from provider_event')).toEqual(
      before,
    );
  });

  it('writes nothing of a file whose transaction fails', async () => {
    const bytes = statement([credit('FAILED')], { closing: '29,00' });
    const failing: PersonContext<'statements'> = {
      ...byStaff(),
      commit: (work) =>
        services.database.admin.withoutAccount.write({}, async (tx) => {
          await work(tx);
          throw new Error('The process ends here.');
        }),
    };
    await expect(importStatement(failing, { file: bytes, mapping: undefined })).rejects.toThrow('ends here');
    expect((await load(bytes)).newLineCount).toBe(1);
  });

  it('finds no file that was not imported', async () => {
    expect(codeOf(await getStatement(byStaff(), { statementId: newId() }))).toBe('not_found');
  });
});

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

  it('happens once when two of staff confirm it at the same time', async () => {
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
