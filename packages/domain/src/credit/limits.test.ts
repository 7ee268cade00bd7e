import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
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
const spender = { siteId: 'site', limitGroupId: 'key' };

function counted(limits: ReturnType<typeof countSpending>): readonly SpendingLimit[] {
  if (isRefusal(limits)) throw new Error(limits.refused);
  return limits;
}

describe('what a site or a key spends', () => {
  it('is counted without a limit too, for the site and for the group of the key', () => {
    const first = counted(countSpending([], spender, 6, noon));
    expect(first).toEqual([
      { id: 'site', subject: 'site', creditsPerDayMax: null, day: '2026-01-31', used: 6 },
      { id: 'key', subject: 'key', creditsPerDayMax: null, day: '2026-01-31', used: 6 },
    ]);
    expect(counted(countSpending(first, { siteId: null, limitGroupId: 'key' }, 1e9, noon))).toMatchObject([
      { used: 6 },
      { used: 1e9 + 6 },
    ]);
    expect(counted(countSpending([], { siteId: null, limitGroupId: null }, 6, noon))).toEqual([]);
  });

  it('counts on the newer day when a clock is behind at midnight, so that no count is lost', () => {
    const [ahead] = counted(countSpending([limit], spender, 3, tomorrow));
    if (ahead === undefined) throw new Error('there is no limit');
    expect(usedToday(ahead, noon)).toBe(3);
    expect(counted(countSpending([ahead], spender, 2, noon))[0]).toMatchObject({
      day: '2026-02-01',
      used: 5,
    });
  });
});

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
    const [same] = counted(countSpending([limit], { siteId: null, limitGroupId: 'other' }, 99, noon));
    expect(same).toBe(limit);
    expect(countSpending([limit, key], spender, 2, noon)).toMatchObject({ facts: { used: 9 } });
  });

  it('takes back what a hold of the same day did not spend, and nothing of another day', () => {
    expect(giveBackSpending([limit], spender, noon, 3)[0]?.used).toBe(1);
    expect(giveBackSpending([limit], spender, noon, 9)[0]?.used).toBe(0);
    expect(giveBackSpending([limit], spender, tomorrow, 3)).toEqual([limit]);
    expect(giveBackSpending([limit], { siteId: 'other', limitGroupId: null }, noon, 3)).toEqual([limit]);
  });
});

describe('setting a spending limit', () => {
  const cap = { id: 'site', subject: 'site', creditsPerDayMax: 7 } as const;

  it('keeps what was counted, whether a limit is set, changed or removed', () => {
    const other = { ...limit, id: 'other' };
    const lifted = setSpendingLimit([limit, other], { ...cap, creditsPerDayMax: null }, noon);
    expect(lifted).toEqual([{ ...limit, creditsPerDayMax: null }, other]);
    expect(setSpendingLimit(lifted, cap, tomorrow)).toEqual([{ ...limit, creditsPerDayMax: 7 }, other]);
  });

  it('begins at nothing for a site or a key that has spent nothing', () => {
    expect(setSpendingLimit([], cap, noon)).toEqual([{ ...cap, day: '2026-01-31', used: 0 }]);
  });
});
