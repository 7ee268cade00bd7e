import { describe, expect, it } from 'vitest';
import type { BankLine } from './event.ts';
import { type BookedLine, returnsFor } from './return.ts';

const line = (changes: Partial<BankLine> = {}): BankLine => ({
  account: '12345678',
  bookedOn: '2026-03-02',
  valueOn: null,
  amount: 8900,
  currency: 'EUR',
  direction: 'credit',
  isReversal: false,
  name: 'Ada Example',
  counterpartyAccount: 'NL26EXMP0987654321',
  remittance: '',
  reference: null,
  bankId: null,
  endToEndId: 'E2E-1',
  ...changes,
});
const booked = (changes: Partial<BankLine> = {}, paymentId = 'p'): BookedLine => ({
  line: line(changes),
  accountId: 'a',
  accountName: 'Example Ltd',
  paymentId,
});
const taken = (changes: Partial<BankLine> = {}) =>
  line({ direction: 'debit', isReversal: true, bookedOn: '2026-03-04', ...changes });

describe('the payment that a line takes back', () => {
  it('has the same money, and an id, a reference or an account in common', () => {
    expect(returnsFor(taken(), [booked()])).toEqual([
      { booked: booked(), reasons: ['same_end_to_end_id', 'same_account', 'payer_alike'] },
    ]);
    const only = taken({ endToEndId: null, name: null, counterpartyAccount: 'NL26 EXMP 0987 6543 21' });
    expect(returnsFor(only, [booked()])[0]?.reasons).toEqual(['same_account']);
  });

  it('is the one with most in common, then the newest', () => {
    const others = [
      booked({ endToEndId: 'E2E-0', bookedOn: '2026-03-01' }, 'old'),
      booked({ endToEndId: null }, 'new'),
    ];
    expect(returnsFor(taken(), [...others, booked()]).map(({ booked: { paymentId } }) => paymentId)).toEqual([
      'p',
      'new',
      'old',
    ]);
  });

  it.each<[string, Partial<BankLine>, Partial<BankLine>]>([
    ['a part of the money', { amount: 8800 }, {}],
    ['another currency', { currency: 'USD' }, {}],
    ['another account of ours', { account: '87654321' }, {}],
    ['a payment that came later', { bookedOn: '2026-03-01' }, {}],
    ['a name alone', { endToEndId: null, counterpartyAccount: null }, {}],
    [
      'ids that both are missing',
      { endToEndId: null, counterpartyAccount: null, name: null },
      { endToEndId: null, counterpartyAccount: null, name: null },
    ],
    ['money that went out for something else', { isReversal: false }, {}],
    ['a reversed debit, which brings money', { direction: 'credit' }, {}],
  ])('does not exist for %s', (_what, changes, before) => {
    expect(returnsFor(taken(changes), [booked(before)])).toEqual([]);
  });
});
