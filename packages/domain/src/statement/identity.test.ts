import { describe, expect, it } from 'vitest';
import { type LineOfAccount, identityOfLine } from './identity.ts';

const line: LineOfAccount = {
  lineNumber: 1,
  account: 'DE02120300000000202051',
  bookedOn: '2026-03-02',
  valueOn: '2026-03-02',
  amount: 8900,
  currency: 'EUR',
  direction: 'credit',
  isReversal: false,
  name: 'Ada Example',
  counterpartyAccount: 'NL91ABNA0417164300',
  remittance: 'Invoice 7',
  reference: null,
  bankId: null,
  endToEndId: null,
};
const same = (changes: Partial<LineOfAccount>, base = line) =>
  identityOfLine({ ...base, ...changes }) === identityOfLine(base);

describe('the identity of a statement line', () => {
  it.each<[string, Partial<LineOfAccount>]>([
    ['another spelling of its text', { remittance: 'INVOICE  7', name: 'ada example' }],
    ['another place in its file', { lineNumber: 9 }],
    ['another value date, which banks correct later', { valueOn: '2026-03-03' }],
  ])('is the same with %s', (_what, changes) => {
    expect(same(changes)).toBe(true);
  });

  it.each<[string, Partial<LineOfAccount>]>([
    ['account', { account: 'DE75512108001245126199' }],
    ['day', { bookedOn: '2026-03-03' }],
    ['direction', { direction: 'debit' }],
    ['amount', { amount: 8901 }],
    ['currency', { currency: 'USD' }],
    ['text', { remittance: 'Invoice 8' }],
    ['payer', { name: 'Bea Example' }],
    ['reversal of it', { isReversal: true }],
  ])('is another of another %s', (_what, changes) => {
    expect(same(changes)).toBe(false);
  });

  it('is that of the bank where it has one, whatever the text', () => {
    const named = { ...line, bankId: '2026-000117' };
    expect(same({ remittance: 'shortened' }, named)).toBe(true);
    expect(same({ bankId: '2026-000118' }, named)).toBe(false);
    // Banks begin their ids anew, so an id alone says nothing.
    expect(same({ amount: 100 }, named)).toBe(false);
  });
});
