import { describe, expect, it } from 'vitest';
import { creditorReference } from '../money.ts';
import type { StatementLine } from './line.ts';
import { type MatchCandidate, certainMatch, proposalsFor } from './match.ts';
import { isPayerAlike } from './payer.ts';
import { termsOfLine } from './terms.ts';

const reference = creditorReference('TNTRY00000000001');
const otherReference = creditorReference('TNTRY00000000002');

const line = (changes: Partial<StatementLine> = {}): StatementLine => ({
  lineNumber: 1,
  bookedOn: '2026-03-02',
  valueOn: null,
  amount: 8900,
  currency: 'EUR',
  direction: 'credit',
  isReversal: false,
  name: 'Nobody Known',
  counterpartyAccount: null,
  remittance: '',
  reference: null,
  bankId: null,
  endToEndId: null,
  ...changes,
});

const invoice = (changes: Partial<MatchCandidate> = {}): MatchCandidate => ({
  accountId: 'a',
  accountName: 'Müller & Söhne GmbH',
  invoiceId: 'i',
  invoiceNumber: 'INV-2026-000042',
  reference,
  invoiceStatus: 'open',
  due: 8900,
  currency: 'EUR',
  payment: null,
  isKnownAccount: false,
  ...changes,
});
const submitted = { id: 'p', amount: 8900, payerName: 'Ada Example', externalPaymentId: 'FT-117' };

describe('the terms of a line', () => {
  const grouped = reference.replaceAll(/(.{4})/g, '$1 ');
  it.each([
    ['as it is', reference],
    ['in groups of four', `Ref. ${grouped}, thank you`],
    ['in small letters', reference.toLowerCase()],
    ['with a word right behind it', `${reference}DANKE`],
    ['cut by the bank', `${reference.slice(0, 9)} ${reference.slice(9)}`],
    ['in full-width letters', reference.replace('RF', '\uFF32\uFF26')],
  ])('hold a reference %s', (_what, remittance) => {
    expect(termsOfLine(line({ remittance })).references).toContain(reference);
  });

  it.each([
    ['with a mistyped digit', reference.replace('1', '2')],
    ['of fewer characters', 'RF18'],
    ['within a word', `X${reference}`],
  ])('hold no reference %s', (_what, remittance) => {
    expect(termsOfLine(line({ remittance })).references).not.toContain(reference);
  });

  it('stay few, whatever the text', () => {
    const terms = termsOfLine(line({ remittance: 'RF1 '.repeat(2500) }));
    expect(terms.numbers.length + terms.references.length).toBeLessThan(1000);
  });
});

describe('a payer', () => {
  it.each([
    ['Müller & Söhne GmbH', 'MUELLER UND SOEHNE'],
    ['Ada Example', 'Example, Ada'],
    ['Société Exemple SARL', 'SOCIETE EXEMPLE'],
  ])('%s may be %s', (name, other) => {
    expect(isPayerAlike(name, other)).toBe(true);
  });

  it.each([
    ['Ada Example', 'Bea Example Holding Services'],
    ['Example GmbH', 'Sample GmbH'],
    ['GmbH', 'GmbH'],
    ['', ''],
  ])('%s is not %s', (name, other) => {
    expect(isPayerAlike(name, other)).toBe(false);
  });
});

describe('the proposals for a line', () => {
  it.each<[string, Partial<StatementLine>, Partial<MatchCandidate>, number, string[]]>([
    ['its reference and amount', { remittance: reference }, {}, 85, ['exact_reference', 'amount_equal']],
    ['a structured reference', { reference, amount: 5000 }, {}, 60, ['exact_reference', 'amount_differs']],
    [
      'the number of the invoice',
      { remittance: 'Rechnung INV 2026 000042' },
      {},
      65,
      ['invoice_number', 'amount_equal'],
    ],
    [
      'the id that the payer told',
      { bankId: 'ft117' },
      { payment: submitted },
      70,
      ['bank_reference', 'amount_equal'],
    ],
    [
      'an account that has paid before',
      { amount: 100 },
      { isKnownAccount: true },
      20,
      ['known_account', 'amount_differs'],
    ],
    ['amount and payer together', { name: 'MUELLER SOEHNE' }, {}, 35, ['amount_equal', 'payer_alike']],
    [
      'the payer of a submitted payment',
      { name: 'ADA EXAMPLE' },
      { payment: submitted },
      35,
      ['amount_equal', 'payer_alike'],
    ],
    [
      'another currency',
      { remittance: reference, currency: 'USD' },
      {},
      20,
      ['exact_reference', 'currency_differs'],
    ],
    [
      'an invoice that is paid',
      { remittance: reference },
      { invoiceStatus: 'paid' },
      20,
      ['exact_reference', 'amount_equal', 'invoice_closed'],
    ],
  ])('name an invoice for %s', (_what, changes, candidate, score, reasons) => {
    expect(proposalsFor(line(changes), [invoice(candidate)])).toEqual([
      { candidate: invoice(candidate), score, reasons },
    ]);
  });

  it.each<[string, Partial<StatementLine>]>([
    ['the amount alone', {}],
    ['the name alone', { name: 'Müller Söhne', amount: 1 }],
    ['part of a number', { remittance: 'INV-2026' }],
  ])('name none for %s', (_what, changes) => {
    expect(proposalsFor(line(changes), [invoice()])).toEqual([]);
  });

  it('are five at most, likeliest first', () => {
    const known = Array.from({ length: 9 }, (_none, index) =>
      invoice({ invoiceId: `k${index}`, reference: otherReference, isKnownAccount: true }),
    );
    const found = proposalsFor(line({ remittance: reference }), [...known, invoice()]);
    expect(found.map(({ candidate }) => candidate.invoiceId)).toEqual(['i', 'k0', 'k1', 'k2', 'k3']);
  });
});

describe('a match without doubt', () => {
  it('has reference, amount and currency of one invoice', () => {
    const others = [invoice({ invoiceId: 'j', reference: otherReference })];
    expect(certainMatch(line({ remittance: reference }), [...others, invoice()])?.invoiceId).toBe('i');
    // A part was paid before; the rest is what is due.
    const rest = invoice({ invoiceStatus: 'partially_paid', due: 900 });
    expect(certainMatch(line({ remittance: reference, amount: 900 }), [rest])?.invoiceId).toBe('i');
  });

  it.each<[string, Partial<StatementLine>, Partial<MatchCandidate>[]]>([
    ['less money', { amount: 8899 }, [{}]],
    ['more money', { amount: 8901 }, [{}]],
    ['another currency', { currency: 'USD' }, [{}]],
    ['money that went out', { direction: 'debit' }, [{}]],
    ['money that came back', { isReversal: true }, [{}]],
    ['an invoice that is paid', {}, [{ invoiceStatus: 'paid' }]],
    ['an invoice that is void', {}, [{ invoiceStatus: 'void' }]],
    [
      'references of two invoices',
      { remittance: `${reference} ${otherReference}` },
      [{}, { invoiceId: 'j', reference: otherReference }],
    ],
    [
      'everything but the reference',
      { remittance: 'INV-2026-000042', name: 'Müller & Söhne GmbH' },
      [{ isKnownAccount: true }],
    ],
  ])('does not exist for %s', (_what, changes, candidates) => {
    expect(
      certainMatch(line({ remittance: reference, ...changes }), candidates.map(invoice)),
    ).toBeUndefined();
  });
});
