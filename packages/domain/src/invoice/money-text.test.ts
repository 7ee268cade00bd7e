import { describe, expect, it } from 'vitest';
import { minorDigits, moneyText } from './money-text.ts';

describe('money as people read it', () => {
  it.each([
    [123_456, 'EUR', 'EUR 1,234.56'],
    [5, 'EUR', 'EUR 0.05'],
    [0, 'USD', 'USD 0.00'],
    [-1450, 'USD', 'USD −14.50'],
    [123_456, 'JPY', 'JPY 123,456'],
    [7, 'JPY', 'JPY 7'],
    [1_234_567, 'KWD', 'KWD 1,234.567'],
    [1, 'KWD', 'KWD 0.001'],
    [100, 'CLF', 'CLF 0.0100'],
    [Number.MAX_SAFE_INTEGER, 'EUR', 'EUR 90,071,992,547,409.91'],
  ])('writes %i minor units of %s as %s', (amount, currency, text) => {
    expect(moneyText({ amount, currency })).toBe(text);
  });

  it('has two digits for every currency that has no other number', () => {
    expect(['EUR', 'USD', 'GBP', 'CHF', 'XXX'].map(minorDigits)).toEqual([2, 2, 2, 2, 2]);
    expect(['JPY', 'KRW', 'ISK'].map(minorDigits)).toEqual([0, 0, 0]);
    expect(['KWD', 'BHD', 'TND'].map(minorDigits)).toEqual([3, 3, 3]);
  });
});
