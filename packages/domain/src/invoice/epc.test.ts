import { describe, expect, it } from 'vitest';
import { epcPayload } from './epc.ts';

const payee = { name: 'Beispiel GmbH', iban: 'DE89 3704 0044 0532 0130 00', bic: 'COBADEFFXXX' };
const euros = (amount: number) => ({ amount, currency: 'EUR' });
const reference = 'RF18539007547034';

describe('the payload of an EPC QR code', () => {
  it('names payee, account, amount and reference in the order of the guideline', () => {
    expect(epcPayload(payee, euros(123_456), reference)?.split('\n')).toEqual([
      'BCD',
      '002',
      '1',
      'SCT',
      'COBADEFFXXX',
      'Beispiel GmbH',
      'DE89370400440532013000',
      'EUR1234.56',
      '',
      'RF18539007547034',
    ]);
  });

  it('leaves the BIC empty where there is none, and keeps within the sizes of the guideline', () => {
    const long = { ...payee, bic: null, name: `${'Ä'.repeat(80)}` };
    const lines = epcPayload(long, euros(99_999_999_999), reference)?.split('\n') ?? [];
    expect(lines[4]).toBe('');
    expect(lines[5]).toBe('Ä'.repeat(70));
    expect(lines[7]).toBe('EUR999999999.99');
    expect(new TextEncoder().encode(lines.join('\n')).length).toBeLessThanOrEqual(331);
  });

  it.each([
    [1, 'EUR0.01'],
    [9, 'EUR0.09'],
    [100, 'EUR1.00'],
    [12_300, 'EUR123.00'],
  ])('writes %i cents as %s', (amount, text) => {
    expect(epcPayload(payee, euros(amount), reference)?.split('\n')[7]).toBe(text);
  });

  it('cannot be broken by a name with lines', () => {
    const lines = epcPayload({ ...payee, name: 'A\nB\r\nC' }, euros(100), reference)?.split('\n');
    expect(lines).toHaveLength(10);
    expect(lines?.[5]).toBe('A B C');
  });

  it.each([
    ['another currency', payee, { amount: 100, currency: 'USD' }],
    ['no IBAN', { ...payee, iban: null }, euros(100)],
    ['an IBAN outside SEPA', { ...payee, iban: 'BR1800360305000010009795493C1' }, euros(100)],
    ['nothing', payee, euros(0)],
    ['more than a transfer can be', payee, euros(100_000_000_000)],
  ])('is none for %s', (_what, to, money) => {
    expect(epcPayload(to, money, reference)).toBeUndefined();
  });
});
