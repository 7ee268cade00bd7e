import { describe, expect, it } from 'vitest';
import { type InvoiceLine, totalsOf } from './lines.ts';

const line = (amount: number, quantity = 1): InvoiceLine => ({
  description: 'A line',
  quantity,
  unitAmount: amount / quantity,
  amount,
  period: null,
});

describe('the totals of an invoice', () => {
  it.each([
    [11_900, 1900, 1900],
    [10_000, 1900, 1597],
    [1, 1900, 0],
    [3, 2000, 1],
    [0, 1900, 0],
    [10_000, 0, 0],
    [10_000, null, 0],
  ])('of %i at %s basis points have %i of tax in them', (total, rate, tax) => {
    expect(totalsOf([line(total)], rate)).toEqual({ total, net: total - tax, tax });
  });

  it('are the sum of the lines, with what is credited', () => {
    expect(totalsOf([line(8900), line(-1450)], null).total).toBe(7450);
    expect(totalsOf([line(30, 3), line(4)], null).total).toBe(34);
  });

  it('add up, and the tax is half a minor unit at most from its exact share', () => {
    const amounts = [0, 1, 2, 99, 2900, 8901, 123_456_789, Number.MAX_SAFE_INTEGER];
    for (const amount of amounts)
      for (let rate = 0; rate <= 10_000; rate += 7) {
        const { total, net, tax } = totalsOf([line(amount)], rate);
        expect(net + tax).toBe(total);
        const difference = BigInt(total) * BigInt(rate) - BigInt(tax) * BigInt(10_000 + rate);
        expect(2n * (difference < 0n ? -difference : difference)).toBeLessThanOrEqual(BigInt(10_000 + rate));
      }
  });

  it.each([
    ['sum to less than nothing', [line(100), line(-101)]],
    ['have parts of a minor unit', [line(0.5)]],
    ['are above what can be counted', [line(Number.MAX_SAFE_INTEGER), line(1)]],
    ['do not multiply', [{ ...line(100), unitAmount: 99 }]],
  ])('are refused for lines that %s', (_what, lines) => {
    expect(() => totalsOf(lines, null)).toThrow(/line/);
  });
});
