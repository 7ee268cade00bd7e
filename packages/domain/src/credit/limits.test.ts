import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
import { crossedThresholds } from './alerts.ts';
import {
  type SpendingLimit,
  countSpending,
  giveBackSpending,
  setSpendingLimit,
  usedToday,
} from './limits.ts';

const noon = new Date('2026-01-31T12:00:00Z');
const tomorrow = new Date('2026-02-01T00:00:00Z');
const limit: SpendingLimit = {
  id: 'site',
  subject: 'site',
  creditsPerDayMax: 10,
  day: '2026-01-31',
  used: 4,
};
const spender = { siteId: 'site', keyId: 'key' };

function counted(limits: ReturnType<typeof countSpending>): readonly SpendingLimit[] {
  if (isRefusal(limits)) throw new Error(limits.refused);
  return limits;
}

describe('a spending limit', () => {
  it('allows exactly the credits of a day, and refuses the next with the figures', () => {
    const [full] = counted(countSpending([limit], spender, 6, noon));
    expect(full?.used).toBe(10);
    expect(countSpending([limit], spender, 7, noon)).toEqual({
      refused: 'spending_limit_reached',
      facts: { limit: 10, used: 4, required: 7 },
    });
  });

  it('allows a call that costs nothing, even when the limit is below the used credits', () => {
    const lowered = { ...limit, creditsPerDayMax: 3 };
    expect(countSpending([lowered], spender, 0, noon)).toEqual([lowered]);
    expect(countSpending([lowered], spender, 1, noon)).toMatchObject({ facts: { limit: 3, used: 4 } });
  });

  it('resets at midnight UTC', () => {
    expect(usedToday(limit, tomorrow)).toBe(0);
    expect(counted(countSpending([limit], spender, 10, tomorrow))[0]).toMatchObject({
      used: 10,
      day: '2026-02-01',
    });
  });

  it('applies to its own site or key alone, and a hold must fit every limit that applies', () => {
    const key: SpendingLimit = { ...limit, id: 'key', subject: 'key', used: 9 };
    expect(countSpending([limit], { siteId: null, keyId: 'other' }, 99, noon)).toEqual([limit]);
    expect(countSpending([limit, key], spender, 2, noon)).toMatchObject({ facts: { used: 9 } });
  });

  it('takes back what a hold of the same day did not spend, and nothing of another day', () => {
    const hold = { ...spender, createdAt: noon };
    expect(giveBackSpending([limit], hold, 3)[0]?.used).toBe(1);
    expect(giveBackSpending([limit], hold, 9)[0]?.used).toBe(0);
    expect(giveBackSpending([limit], { ...hold, createdAt: tomorrow }, 3)).toEqual([limit]);
  });
});

describe('setting a spending limit', () => {
  const cap = { id: 'site', subject: 'site', creditsPerDayMax: 7, used: 2 } as const;

  it('starts a new limit with the credits in use, and keeps the count of an existing limit', () => {
    expect(setSpendingLimit([], cap, noon)).toEqual([{ ...cap, day: '2026-01-31' }]);
    expect(setSpendingLimit([limit], cap, tomorrow)).toEqual([{ ...limit, creditsPerDayMax: 7 }]);
  });

  it('removes the limit with null, and leaves the others', () => {
    const other = { ...limit, id: 'other' };
    expect(setSpendingLimit([limit, other], { ...cap, creditsPerDayMax: null }, noon)).toEqual([other]);
  });
});

describe('a low balance', () => {
  it('is reported when a threshold is crossed downwards, and only then', () => {
    expect(crossedThresholds([100, 10], 100, 99)).toEqual([100]);
    expect(crossedThresholds([100, 10], 99, 98)).toEqual([]);
    expect(crossedThresholds([100, 10], 120, 5)).toEqual([100, 10]);
    expect(crossedThresholds([100, 10], 5, 120)).toEqual([]);
  });
});
