import { describe, expect, it } from 'vitest';
import { currencyDigits, minorUnits } from './currency.ts';

describe('the digits of a currency', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
  ])('of %s are %i', (currency, digits) => {
    expect(currencyDigits(currency)).toBe(digits);
  });
});

describe('minor units', () => {
  it.each([
    ['89', '00', 'EUR', 8900],
    ['89', '', 'EUR', 8900],
    ['89', '5', 'EUR', 8950],
    ['', '07', 'EUR', 7],
    ['000000000000149', '87', 'EUR', 14_987],
    ['1200', '00', 'JPY', 1200],
    ['1', '250', 'KWD', 1250],
    ['1', '50000', 'EUR', 150],
    ['90071992547409', '91', 'EUR', Number.MAX_SAFE_INTEGER],
  ])('of %s and %s in %s are %i', (whole, fraction, currency, units) => {
    expect(minorUnits(whole, fraction, currency)).toBe(units);
  });

  it.each([
    ['a digit past those of the currency', '1', '005', 'EUR'],
    ['a digit after the mark of a currency that has none', '1', '5', 'JPY'],
    ['more than can be counted', '90071992547409', '92', 'EUR'],
  ])('are none for %s', (_what, whole, fraction, currency) => {
    expect(minorUnits(whole, fraction, currency)).toBeUndefined();
  });
});
