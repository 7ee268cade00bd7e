import { describe, expect, it } from 'vitest';
import { type CreditSchedule, dueMonths, planMonth, purchaseExpiry } from './schedule.ts';

const at = (text: string) => new Date(text);
const annual: CreditSchedule = {
  periodStart: at('2026-01-31T12:00:00Z'),
  periodEnd: at('2027-01-31T12:00:00Z'),
  cycle: 'annual',
  includedCredits: 100,
  rolloverMax: 0,
};

describe('the months of a paid period', () => {
  it('are twelve of an annual plan, begin at the day of the month it has, and end where the next begins', () => {
    const months = Array.from({ length: 14 }, (_, number) => planMonth(annual, number));
    expect(months.filter((month) => month !== undefined)).toHaveLength(12);
    expect(months[1]?.at).toEqual(at('2026-02-28T12:00:00Z'));
    expect(months[2]?.at).toEqual(at('2026-03-31T12:00:00Z'));
    expect(months[11]?.expiresAt).toEqual(annual.periodEnd);
    expect(months[11]?.nextAt).toBeNull();
    for (let number = 0; number < 11; number += 1)
      expect(months[number]?.expiresAt).toEqual(months[number + 1]?.at);
    expect(new Set(months.map((month) => month?.reference)).size).toBe(13);
  });

  it('are one of a monthly plan, however long it was paid for', () => {
    const paidEarly: CreditSchedule = { ...annual, cycle: 'monthly', periodEnd: at('2026-03-20T00:00:00Z') };
    expect(planMonth(paidEarly, 0)).toMatchObject({ expiresAt: paidEarly.periodEnd, nextAt: null });
    expect(planMonth(paidEarly, 1)).toBeUndefined();
  });

  it('are due from when they begin, each once, and not before', () => {
    const first = at('2026-02-28T12:00:00Z');
    expect(dueMonths(annual, first, at('2026-02-28T11:59:59.999Z'))).toEqual([]);
    expect(dueMonths(annual, first, first).map((month) => month.at)).toEqual([first]);
    expect(dueMonths(annual, first, at('2026-05-01T00:00:00Z'))).toHaveLength(3);
    expect(dueMonths(annual, at('2026-04-30T12:00:00Z'), at('2026-05-01T00:00:00Z'))).toHaveLength(1);
    expect(dueMonths(annual, first, at('2030-01-01T00:00:00Z'))).toHaveLength(11);
  });
});

describe('purchased credits', () => {
  it('never end, unless the plan says after how many days', () => {
    expect(purchaseExpiry({ purchaseDays: null }, annual.periodStart)).toBeNull();
    expect(purchaseExpiry({ purchaseDays: 10 }, annual.periodStart)).toEqual(at('2026-02-10T12:00:00Z'));
  });
});
