import { describe, expect, it } from 'vitest';
import { countText, dayText, moneyText, timeText } from './figures.ts';

describe('a figure of an e-mail', () => {
  it.each([
    [8900, 'USD', 'USD 89.00'],
    [0, 'EUR', 'EUR 0.00'],
    [123_456_789, 'EUR', 'EUR 1,234,567.89'],
    [8900, 'JPY', 'JPY 8,900'],
    [8900, 'KWD', 'KWD 8.900'],
    [5, 'KWD', 'KWD 0.005'],
    [1, 'USD', 'USD 0.01'],
  ])('%i minor units of %s are %s', (amount, currency, text) => {
    expect(moneyText({ amount, currency })).toBe(text);
  });

  it('is a number or a time in UTC that names its month', () => {
    expect(countText(1250)).toBe('1,250');
    expect(dayText('2026-03-01T23:59:59.000Z')).toBe('1 March 2026');
    expect(timeText('2026-03-01T00:05:00.000Z')).toBe('1 March 2026, 00:05 UTC');
  });
});
