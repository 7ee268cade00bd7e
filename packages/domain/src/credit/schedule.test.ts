import { describe, expect, it } from 'vitest';
import { addDays } from '../time.ts';
import { type CreditPeriod, dueMonths, planMonths, purchaseExpiry } from './schedule.ts';

const at = (moment: string) => new Date(moment);
const annual: CreditPeriod = {
  id: 'year',
  anchorAt: at('2026-01-31T12:00:00Z'),
  startsAt: at('2026-01-31T12:00:00Z'),
  endsAt: at('2027-01-31T12:00:00Z'),
  months: 12,
  creditsLess: 0,
  includedCredits: 100,
  rolloverMax: 30,
  graceDays: 7,
};
const following: CreditPeriod = {
  ...annual,
  id: 'month',
  startsAt: annual.endsAt,
  endsAt: at('2027-02-28T12:00:00Z'),
  months: 1,
  includedCredits: 50,
  rolloverMax: 0,
};

describe('the months of paid periods', () => {
  it('bring less where the period brings less, the first months first', () => {
    const amounts = (creditsLess: number) =>
      planMonths([{ ...annual, creditsLess }]).map(({ amount }) => amount);
    expect(amounts(250).slice(0, 4)).toEqual([0, 0, 50, 100]);
    expect(amounts(40).slice(0, 2)).toEqual([60, 100]);
    expect(amounts(1200)).toEqual(Array.from({ length: 12 }, () => 0));
  });

  it('begin on the day of the anchor, or on the last day of a shorter month', () => {
    const months = planMonths([annual]);
    expect(months.map((month) => month.at.toISOString().slice(0, 10)).slice(0, 3)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
    ]);
    expect(months).toHaveLength(12);
    expect(months[0]).toMatchObject({ reference: 'period:year', nextAt: months[1]?.at });
    expect(months[11]).toMatchObject({ reference: 'period:year:11', nextAt: null });
  });

  it('have credits until the next month begins, and through grace where none does', () => {
    const alone = planMonths([annual]);
    expect(alone[0]?.expiresAt).toEqual(alone[1]?.at);
    expect(alone[11]?.expiresAt).toEqual(addDays(annual.endsAt, 7));
    const followed = planMonths([annual, following]);
    expect(followed[11]?.expiresAt).toEqual(annual.endsAt);
    expect(followed[12]).toMatchObject({ amount: 50, expiresAt: addDays(following.endsAt, 7) });
  });

  it('keep what the plan of the month before lets roll over', () => {
    const months = planMonths([annual, following]);
    expect(months[0]?.rolloverMax).toBe(0);
    expect(months[1]?.rolloverMax).toBe(30);
    expect(months[12]?.rolloverMax).toBe(30);
  });

  it('are due once, from the start of the month on', () => {
    const first = at('2026-02-28T12:00:00Z');
    const due = (from: Date, now: Date) => dueMonths([annual, following], from, now);
    expect(due(first, at('2026-02-28T11:59:59.999Z'))).toEqual([]);
    expect(due(first, first).map((month) => month.at)).toEqual([first]);
    expect(due(first, at('2026-05-01T00:00:00Z'))).toHaveLength(3);
    expect(due(at('2026-04-30T12:00:00Z'), at('2026-05-01T00:00:00Z'))).toHaveLength(1);
    expect(due(first, at('2030-01-01T00:00:00Z'))).toHaveLength(12);
  });
});

describe('purchased credits', () => {
  it('end when the plan says, or never', () => {
    expect(purchaseExpiry({ purchaseDays: null }, annual.startsAt)).toBeNull();
    expect(purchaseExpiry({ purchaseDays: 10 }, annual.startsAt)).toEqual(at('2026-02-10T12:00:00Z'));
  });
});
