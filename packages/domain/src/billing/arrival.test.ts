import { describe, expect, it } from 'vitest';
import { applyArrival, refusalIfUncountable } from './arrival.ts';

const invoice = (id: string, due: number) => ({ id, due });

describe('money that arrives', () => {
  it('pays the invoice that it names, and no more than is due', () => {
    expect(applyArrival({ arrived: 2900, balance: 0 }, invoice('a', 2900), [])).toEqual({
      applied: [{ id: 'a', amount: 2900, isPaid: true }],
      balance: 0,
    });
    expect(applyArrival({ arrived: 3900, balance: 0 }, invoice('a', 2900), [])).toEqual({
      applied: [{ id: 'a', amount: 2900, isPaid: true }],
      balance: 1000,
    });
  });

  it('leaves the rest due where it is too little, unless the balance has the rest', () => {
    expect(applyArrival({ arrived: 1000, balance: 0 }, invoice('a', 2900), []).applied).toEqual([
      { id: 'a', amount: 1000, isPaid: false },
    ]);
    expect(applyArrival({ arrived: 1000, balance: 1900 }, invoice('a', 2900), [])).toEqual({
      applied: [{ id: 'a', amount: 2900, isPaid: true }],
      balance: 0,
    });
  });

  it('pays older invoices with what is left, one after the other', () => {
    const others = [invoice('old', 500), invoice('new', 900)];
    expect(applyArrival({ arrived: 3900, balance: 0 }, invoice('a', 2900), others)).toEqual({
      applied: [
        { id: 'a', amount: 2900, isPaid: true },
        { id: 'old', amount: 500, isPaid: true },
        { id: 'new', amount: 500, isPaid: false },
      ],
      balance: 0,
    });
  });

  it('goes to the balance where no invoice takes it', () => {
    expect(applyArrival({ arrived: 2900, balance: -100 }, undefined, [])).toEqual({
      applied: [],
      balance: 2800,
    });
  });

  it('pays its invoice in spite of a balance below zero, and no other', () => {
    expect(applyArrival({ arrived: 2900, balance: -1000 }, invoice('a', 2900), [invoice('b', 10)])).toEqual({
      applied: [{ id: 'a', amount: 2900, isPaid: true }],
      balance: -1000,
    });
  });
});

describe('a balance', () => {
  it('takes no money with which it would not be exact', () => {
    expect(refusalIfUncountable(Number.MAX_SAFE_INTEGER, 0)).toBeUndefined();
    expect(refusalIfUncountable(Number.MAX_SAFE_INTEGER, 1)).toMatchObject({ refused: 'invalid_input' });
    expect(refusalIfUncountable(1, -Number.MAX_SAFE_INTEGER)).toMatchObject({ refused: 'invalid_input' });
  });
});
