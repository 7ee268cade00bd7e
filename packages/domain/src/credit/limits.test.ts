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
  it('lets a day’s share pass, to the last credit, and says the figures to the next', () => {
    const [full] = counted(countSpending([limit], spender, 6, noon));
    expect(full?.used).toBe(10);
    expect(countSpending([limit], spender, 7, noon)).toEqual({
      refused: 'spending_limit_reached',
      facts: { limit: 10, used: 4, required: 7 },
    });
  });

  it('lets pass what costs nothing more, also once it was lowered below what is used', () => {
    const lowered = { ...limit, creditsPerDayMax: 3 };
    expect(countSpending([lowered], spender, 0, noon)).toEqual([lowered]);
    expect(countSpending([lowered], spender, 1, noon)).toMatchObject({ facts: { limit: 3, used: 4 } });
  });

  it('begins anew at midnight UTC', () => {
    expect(usedToday(limit, tomorrow)).toBe(0);
    expect(counted(countSpending([limit], spender, 10, tomorrow))[0]).toMatchObject({
      used: 10,
      day: '2026-02-01',
    });
  });

  it('binds its own site or key alone, and all that bind must have room', () => {
    const key: SpendingLimit = { ...limit, id: 'key', subject: 'key', used: 9 };
    expect(countSpending([limit], { siteId: null, keyId: 'other' }, 99, noon)).toEqual([limit]);
    expect(countSpending([limit, key], spender, 2, noon)).toMatchObject({ facts: { used: 9 } });
  });

  it('gets back what a hold of its day did not spend, and nothing of another day', () => {
    const hold = { ...spender, createdAt: noon };
    expect(giveBackSpending([limit], hold, 3)[0]?.used).toBe(1);
    expect(giveBackSpending([limit], hold, 9)[0]?.used).toBe(0);
    expect(giveBackSpending([limit], { ...hold, createdAt: tomorrow }, 3)).toEqual([limit]);
  });
});

describe('setting a spending limit', () => {
  const cap = { id: 'site', subject: 'site', creditsPerDayMax: 7, used: 2 } as const;

  it('begins a new one with what may still be given back, and lets one that there is keep its count', () => {
    expect(setSpendingLimit([], cap, noon)).toEqual([{ ...cap, day: '2026-01-31' }]);
    expect(setSpendingLimit([limit], cap, tomorrow)).toEqual([{ ...limit, creditsPerDayMax: 7 }]);
  });

  it('lifts it with null, and leaves the others', () => {
    const other = { ...limit, id: 'other' };
    expect(setSpendingLimit([limit, other], { ...cap, creditsPerDayMax: null }, noon)).toEqual([other]);
  });
});

describe('a low balance', () => {
  it('is told when a threshold is crossed downwards, and only then', () => {
    expect(crossedThresholds([100, 10], 100, 99)).toEqual([100]);
    expect(crossedThresholds([100, 10], 99, 98)).toEqual([]);
    expect(crossedThresholds([100, 10], 120, 5)).toEqual([100, 10]);
    expect(crossedThresholds([100, 10], 5, 120)).toEqual([]);
  });
});
