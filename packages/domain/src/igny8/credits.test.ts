import { describe, expect, it } from 'vitest';
import { importedChanges } from './credits.ts';
import type { OldAccount, OldTransaction } from './source.ts';

const account = (credits: number): OldAccount => ({
  id: '1',
  name: 'Acme',
  slug: 'acme',
  status: 'active',
  planSlug: 'starter',
  ownerId: '1',
  credits,
  createdAt: new Date(0),
});
const transactions = (amounts: readonly number[]): OldTransaction[] =>
  amounts.map((amount, index) => ({
    id: String(index + 1),
    type: 'deduction',
    amount,
    description: '',
    createdAt: new Date(index),
  }));
const amounts = (credits: number, history: readonly number[]) =>
  importedChanges({ account: account(credits), transactions: transactions(history) }).map(
    ({ amount, reference }) => `${reference.replace('igny8:', '')} ${amount}`,
  );

describe('the changes of an account that is imported', () => {
  it.each([
    ['add up', 70, [100, -30], ['1 100', '2 -30']],
    ['begin with what the account had before', 70, [-30], ['opening 100', '1 -30']],
    ['are a balance alone', 70, [], ['opening 70']],
    ['are nothing', 0, [], []],
    ['leave out what changes nothing', 5, [0, 5], ['2 5']],
    ['explain more than is there', 50, [100], ['1 100', 'correction -50']],
    ['fall below zero on the way', 100, [-40, 140], ['opening 40', '1 -40', '2 140', 'correction -40']],
    ['end below zero', -30, [100, -130], ['opening 30', '1 100', '2 -130']],
  ])('%s', (_what, credits, history, expected) => {
    expect(amounts(credits, history)).toEqual(expected);
  });

  it('never take more than there is, and end at the balance, whatever was recorded', () => {
    for (let seed = 1; seed < 400; seed += 1) {
      const history = Array.from(
        { length: seed % 17 },
        (_, index) => ((seed * 7919 + index * 104_729) % 401) - 200,
      );
      const credits = ((seed * 31) % 500) - 100;
      let balance = 0;
      for (const { amount } of importedChanges({
        account: account(credits),
        transactions: transactions(history),
      })) {
        balance += amount;
        expect(balance).toBeGreaterThanOrEqual(0);
      }
      expect(balance).toBe(Math.max(0, credits));
    }
  });
});
