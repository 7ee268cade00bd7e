import { describe, expect, it } from 'vitest';
import type { BankLine } from './event.ts';
import { isPerhapsSame } from './twin.ts';

const line: BankLine = {
  account: 'DE89370400440532013000',
  bookedOn: '2026-03-02',
  valueOn: null,
  amount: 2900,
  currency: 'EUR',
  direction: 'credit',
  isReversal: false,
  name: 'Ada Example',
  counterpartyAccount: 'DE47999900020000654321',
  remittance: 'RF18 5390 0754 7034',
  reference: 'RF18539007547034',
  bankId: '2026030210000117',
  endToEndId: 'E2E-1',
};

describe('a movement that two formats tell', () => {
  it.each<[string, Partial<BankLine>]>([
    ['without the ids of the other', { bankId: null, endToEndId: null, reference: null, name: null }],
    ['with other ids of the bank', { bankId: 'NONREF 17' }],
    ['with a missing id that the bank writes out', { endToEndId: 'NOTPROVIDED' }],
    ['of an account as older formats write it', { account: '37040044/0532013000' }],
    ['of a payer whose account is written the older way', { counterpartyAccount: '654321' }],
    ['with a text that is cut', { remittance: 'RF18 5390', reference: null }],
  ])('may be the same %s', (_what, more) => {
    expect(isPerhapsSame(line, { ...line, ...more })).toBe(true);
    expect(isPerhapsSame({ ...line, ...more }, line)).toBe(true);
  });

  it.each<[string, Partial<BankLine>]>([
    ['another day', { bookedOn: '2026-03-03' }],
    ['another amount', { amount: 2901 }],
    ['another currency', { currency: 'USD' }],
    ['the other direction', { direction: 'debit' }],
    ['a reversal', { isReversal: true }],
    ['another account of ours', { account: 'DE89370400440532013001' }],
    ['another account number of ours', { account: '37040044/0532013999' }],
    ['another payer', { counterpartyAccount: 'DE47999900020000654322' }],
    ['another id of the payer', { endToEndId: 'E2E-2' }],
    ['another reference', { reference: 'RF712348231', remittance: '' }],
  ])('is another one with %s', (_what, more) => {
    expect(isPerhapsSame(line, { ...line, ...more })).toBe(false);
    expect(isPerhapsSame({ ...line, ...more }, line)).toBe(false);
  });
});
