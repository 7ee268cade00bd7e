import { describe, expect, it } from 'vitest';
import { balanceOf, moneyBooks, moneyEntryKinds, moneyMoves, payableNow } from './money-books.ts';

describe('the books of money', () => {
  it('are moved between by these kinds of entries alone', () => {
    expect(moneyEntryKinds.map((kind) => `${moneyMoves[kind].from} ${kind} ${moneyMoves[kind].to}`)).toEqual([
      'received payment balance',
      'balance apply invoiced',
      'invoiced release balance',
      'balance return returned',
      'balance refund refunded',
      'invoiced credit refunded',
    ]);
    for (const { from, to } of Object.values(moneyMoves)) {
      expect(from).not.toBe(to);
      expect(moneyBooks).toContain(from);
      expect(moneyBooks).toContain(to);
    }
  });

  it('leave a balance that is what came in less what went out', () => {
    expect(balanceOf([])).toBe(0);
    const paid = [
      { kind: 'payment', amount: 5000 },
      { kind: 'apply', amount: 2900 },
    ] as const;
    expect(balanceOf(paid)).toBe(2100);
    expect(balanceOf([...paid, { kind: 'refund', amount: 2100 }])).toBe(0);
    const returned = [
      { kind: 'release', amount: 2900 },
      { kind: 'return', amount: 5000 },
    ] as const;
    expect(balanceOf([...paid, ...returned])).toBe(0);
    expect(balanceOf([...paid, { kind: 'return', amount: 5000 }])).toBe(-2900);
  });
});

describe('what is paid of an invoice', () => {
  it.each([
    ['all of it by exact money', 2900, 2900, 2900, 2900],
    ['a part by less', 2900, 2000, 2000, 2000],
    ['no more than is due by more', 2900, 5000, 5000, 2900],
    ['the rest from the balance', 2900, 2000, 2500, 2500],
    ['all of it from the balance alone', 2900, 0, 4000, 2900],
    ['nothing without money', 2900, 0, 0, 0],
    ['nothing with a balance below zero', 2900, 0, -100, 0],
    ['its own money with a balance below zero', 2900, 2900, 800, 2900],
    ['nothing where nothing is due', 0, 100, 100, 0],
  ])('is %s', (_what, due, arrived, balance, paid) => {
    expect(payableNow(due, { arrived, balance })).toBe(paid);
  });
});
