import { describe, expect, it } from 'vitest';
import { type CreditedInvoice, creditOf } from './credit.ts';
import type { InvoiceLine } from './lines.ts';

const period = { startsAt: '2026-03-01T00:00:00.000Z', endsAt: '2026-04-01T00:00:00.000Z' };
const line = (description: string, amount: number): InvoiceLine => ({
  description,
  quantity: 1,
  unitAmount: amount,
  amount,
  period,
});
const invoice: CreditedInvoice = {
  number: 'INV-000042',
  lines: [line('Growth', 11_900)],
  amount: 11_900,
  taxRateBasisPoints: 1900,
};
const upgrade = { ...invoice, lines: [line('Growth', 13_000), line('Unused', -1100)] };

describe('what a credit note takes back', () => {
  it('is the invoice with its own lines and tax, where that is all of it', () => {
    expect(creditOf(upgrade, { amount: 11_900, before: 0 })).toEqual({ lines: upgrade.lines, tax: 1900 });
  });

  it('is one line over a part, with the period of the only line of the invoice', () => {
    expect(creditOf(invoice, { amount: 5000, before: 0 })).toEqual({
      lines: [{ description: 'Part of: Growth', quantity: 1, unitAmount: 5000, amount: 5000, period }],
      tax: 798,
    });
    expect(creditOf(upgrade, { amount: 5000, before: 0 }).lines).toEqual([
      {
        description: 'Part of invoice INV-000042',
        quantity: 1,
        unitAmount: 5000,
        amount: 5000,
        period: null,
      },
    ]);
  });

  it('has the tax of the whole once all is taken back, in whatever parts, and never more than its amount (J32)', () => {
    for (const rate of [null, 0, 1, 700, 1900, 2550, 10_000])
      for (const total of [1, 2, 3, 99, 100, 8901])
        for (const step of [1, 7, 33, total]) {
          const one = { ...invoice, amount: total, lines: [line('A', total)], taxRateBasisPoints: rate };
          const whole = creditOf(one, { amount: total, before: 0 }).tax;
          let sum = 0;
          for (let before = 0; before < total; before += step) {
            const amount = Math.min(step, total - before);
            const { tax } = creditOf(one, { amount, before });
            expect(tax).toBeGreaterThanOrEqual(0);
            expect(tax).toBeLessThanOrEqual(amount);
            sum += tax;
          }
          expect(sum).toBe(whole);
        }
  });

  it.each([
    [0, 0],
    [-1, 0],
    [11_901, 0],
    [1, 11_900],
    [6000, 5901],
  ])('is never %i after %i of an invoice over 11900', (amount, before) => {
    expect(() => creditOf(invoice, { amount, before })).toThrow(/is credited/);
  });
});
