import { describe, expect, it } from 'vitest';
import { differenceText, editableAmount, minorUnitsOf } from './difference.ts';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');
const said = (amount: number, due: number, currency = 'USD') =>
  plain(differenceText({ amount, due, currency }, 'en'));

describe('what a transfer differs by', () => {
  it('is said in the money of the invoice', () => {
    expect(said(2900, 2900)).toBe('Exactly what is due.');
    expect(said(2610, 2900)).toBe('USD 2.90 less than the USD 29.00 that are due.');
    expect(said(5800, 2900)).toBe('USD 29.00 more than the USD 29.00 that are due.');
    expect(said(500, 0, 'JPY')).toBe('Nothing is due, and JPY 500 came.');
  });
});

describe('an amount that is typed', () => {
  it.each([
    ['29', 2, 2900],
    ['29.5', 2, 2950],
    [' 29,05 ', 2, 2905],
    ['1250', 0, 1250],
    ['1.234', 3, 1234],
  ])('%s with %i digits is read', (text, digits, units) => {
    expect(minorUnitsOf(text, digits)).toBe(units);
  });

  it.each([
    ['', 2],
    ['29.005', 2],
    ['1.5', 0],
    ['-3', 2],
    ['1,000.00', 2],
    ['abc', 2],
    ['1e3', 2],
  ])('%s with %i digits is none', (text, digits) => {
    expect(minorUnitsOf(text, digits)).toBeUndefined();
  });

  it('is written as it is read', () => {
    expect([editableAmount(2905, 2), editableAmount(7, 0), editableAmount(-5, 2)]).toEqual([
      '29.05',
      '7',
      '-0.05',
    ]);
  });
});
