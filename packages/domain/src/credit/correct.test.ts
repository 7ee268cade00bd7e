import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
import type { Backing, Grant } from './books.ts';
import { type Charge, adjust, reverse, trueUp } from './correct.ts';
import type { Books } from './ledger.ts';

const now = new Date('2026-06-01T00:00:00Z');
const nextMonth = new Date('2026-07-01T00:00:00Z');
const grant = (id: string, kind: Grant['kind'], available: number, expiresAt: Date | null): Grant => ({
  id,
  kind,
  available,
  held: 0,
  expiresAt,
});

/** Books with these grants, and `spent` credits that were charged before. */
function booksOf(grants: Grant[], spent = 0): Books {
  const available = grants.reduce((sum, one) => sum + one.available, 0);
  const balance = { granted: available + spent, available, held: 0, spent, expired: 0 };
  return { balance, grants, limits: [], nextGrantAt: null, postings: [] };
}

const charge = (grants: Backing[], more: Partial<Charge> = {}): Charge => ({
  id: 'charge',
  kind: 'settle',
  to: 'spent',
  amount: grants.reduce((sum, part) => sum + part.amount, 0),
  holdId: 'hold',
  operation: 'write_content',
  siteId: 'site',
  facts: { grants },
  returns: [],
  ...more,
});

/** The books after a rule. It checks that they account for every granted credit. */
function left(books: Books | { refused: string }): Books {
  if ('refused' in books) throw new Error(books.refused);
  const { granted, available, held, spent, expired } = books.balance;
  expect(available + held + spent + expired).toBe(granted);
  expect(books.grants.reduce((sum, one) => sum + one.available, 0)).toBe(available);
  return books;
}

const lefts = ({ grants }: Books) => Object.fromEntries(grants.map((one) => [one.id, one.available]));

describe('adjust', () => {
  const named = { id: 'new', kind: 'adjustment', expiresAt: null, reference: 'r' } as const;
  const give = { grant: named, amount: 5, facts: { reason: 'goodwill' } };

  it('adds a grant of its own, or takes from the grants in burn order', () => {
    const books = booksOf([grant('a', 'purchase', 5, null), grant('b', 'plan', 5, nextMonth)]);
    const given = left(adjust(books, { ...give, grant: { ...named, expiresAt: nextMonth } }, now));
    expect(given.grants.at(-1)).toEqual({ ...grant('new', 'adjustment', 5, nextMonth), reference: 'r' });
    expect(given.balance).toMatchObject({ granted: 15, available: 15 });
    const taken = left(adjust(books, { ...give, amount: -7 }, now));
    expect(lefts(taken)).toEqual({ a: 3, b: 0 });
    expect(taken.balance).toMatchObject({ granted: 3, available: 3 });
    expect(taken.postings).toEqual([
      expect.objectContaining({ kind: 'adjustment', from: 'available', to: 'granted', amount: 7 }),
    ]);
  });

  it('refuses to take more than live grants have, and an expiry in the past or of a removal', () => {
    const books = booksOf([grant('a', 'plan', 5, now), grant('b', 'plan', 3, nextMonth)]);
    expect(adjust(books, { ...give, amount: -4 }, now)).toEqual({
      refused: 'insufficient_credits',
      facts: { required: 4, available: 3 },
    });
    for (const wrong of [
      { ...give, grant: { ...named, expiresAt: now } },
      { ...give, amount: -1, grant: { ...named, expiresAt: nextMonth } },
      { ...give, amount: -1, grant: { ...named, kind: 'promo' } as const },
    ])
      expect(adjust(books, wrong, now)).toMatchObject({ refused: 'invalid_input' });
  });
});

describe('reverse', () => {
  const refund = { reason: 'our fault', grant: { id: 'fresh', reference: 'r' } };
  const parts = [
    { grantId: 'a', amount: 5 },
    { grantId: 'b', amount: 5 },
  ];

  it('returns credits to the grants that paid last, even empty ones, linked to the charge', () => {
    const books = booksOf([grant('a', 'plan', 0, nextMonth), grant('b', 'purchase', 0, null)], 10);
    const refunded = left(reverse(books, charge(parts), { ...refund, amount: 7 }, now));
    expect(lefts(refunded)).toEqual({ a: 2, b: 5 });
    expect(refunded.balance).toMatchObject({ available: 7, spent: 3, granted: 10 });
    const facts = {
      reason: 'our fault',
      reverses: 'charge',
      grants: [
        { grantId: 'a', amount: 2 },
        { grantId: 'b', amount: 5 },
      ],
    };
    const place = { holdId: 'hold', operation: 'write_content', siteId: 'site' };
    expect(refunded.postings).toEqual([
      { ...place, kind: 'reversal', from: 'spent', to: 'available', amount: 7, facts },
    ]);
  });

  it('returns credits of an expired grant in a new grant, and leaves the granted sum as it is', () => {
    const books = booksOf([grant('a', 'plan', 0, now), grant('b', 'purchase', 1, null)], 10);
    const refunded = left(reverse(books, charge(parts), refund, now));
    expect(lefts(refunded)).toEqual({ a: 0, b: 6, fresh: 5 });
    expect(refunded.grants.at(-1)).toEqual({ ...grant('fresh', 'adjustment', 5, null), reference: 'r' });
    expect(refunded.balance.granted).toBe(books.balance.granted);
  });

  it('returns what a true-up left of a charge, to the grants that still pay for it', () => {
    const books = booksOf([grant('a', 'plan', 0, nextMonth), grant('b', 'purchase', 3, null)], 7);
    const trued = charge(parts, { returns: [{ kind: 'true_up', amount: 3 }] });
    expect(lefts(left(reverse(books, trued, refund, now)))).toEqual({ a: 5, b: 5 });
    expect(reverse(books, trued, { ...refund, amount: 8 }, now)).toEqual({
      refused: 'amount_mismatch',
      facts: { required: 8, available: 7 },
    });
  });

  it.each([
    ['a refund', { kind: 'reversal', to: 'available' as const }],
    ['a hold', { kind: 'hold', to: 'held' as const }],
    ['the remainder of a settle', { to: 'available' as const }],
    ['a charge that was refunded in part', { returns: [{ kind: 'reversal', amount: 1 }] }],
    ['a charge of which nothing is left', { returns: [{ kind: 'true_up', amount: 10 }] }],
  ])('refuses %s', (_what, more) => {
    const books = booksOf([grant('a', 'plan', 0, nextMonth), grant('b', 'purchase', 0, null)], 10);
    expect(reverse(books, charge(parts, more), refund, now)).toEqual({ refused: 'conflict', facts: {} });
  });
});

describe('trueUp', () => {
  const place = { holdId: 'hold', operation: null, siteId: null };
  const within = charge([{ grantId: 'a', amount: 6 }], { id: 'within' });
  const above = charge([{ grantId: 'b', amount: 4 }], { id: 'above' });
  const spender = { siteId: null, limitGroupId: 'key' };
  const counted = { spender, held: 6, heldAt: now, settledAt: now };
  const hold = { charges: [within, above], settled: 10, place, ...counted };

  it('charges more from the available credits, and refuses above them', () => {
    const books = booksOf([grant('a', 'plan', 2, nextMonth), grant('b', 'purchase', 1, null)], 10);
    const charged = left(trueUp(books, hold, { spent: 13, facts: {} }, now));
    expect(charged.balance).toMatchObject({ available: 0, spent: 13 });
    expect(charged.postings).toMatchObject([{ kind: 'true_up', from: 'available', to: 'spent', amount: 3 }]);
    expect(trueUp(books, hold, { spent: 14, facts: {} }, now)).toEqual({
      refused: 'insufficient_credits',
      facts: { required: 4, available: 3 },
    });
  });

  it('returns the newest charge first, each linked', () => {
    const books = booksOf([grant('a', 'plan', 0, nextMonth), grant('b', 'purchase', 0, null)], 10);
    const returned = left(trueUp(books, hold, { spent: 3, facts: {} }, now));
    expect(lefts(returned)).toEqual({ a: 3, b: 4 });
    expect(returned.postings.map(({ amount, facts }) => [facts?.reverses, amount])).toEqual([
      ['above', 4],
      ['within', 3],
    ]);
  });

  it('expires credits of an expired grant: an estimate does not extend a grant', () => {
    const books = booksOf([grant('a', 'plan', 0, now), grant('b', 'purchase', 0, null)], 10);
    const returned = left(trueUp(books, hold, { spent: 0, facts: {} }, now));
    expect(lefts(returned)).toEqual({ a: 0, b: 4 });
    expect(returned.balance).toMatchObject({ available: 4, expired: 6, spent: 0 });
  });

  it('counts against the limit of the key like the settle, upwards and downwards', () => {
    const limit = { id: 'key', subject: 'key', creditsPerDayMax: 12, day: '2026-06-01', used: 10 } as const;
    const grants = [grant('a', 'plan', 50, nextMonth), grant('b', 'purchase', 0, null)];
    const books = { ...booksOf(grants, 10), limits: [limit] };
    expect(left(trueUp(books, hold, { spent: 12, facts: {} }, now)).limits[0]?.used).toBe(12);
    expect(left(trueUp(books, hold, { spent: 4, facts: {} }, now)).limits[0]?.used).toBe(4);
    expect(trueUp(books, hold, { spent: 13, facts: {} }, now)).toMatchObject({
      refused: 'spending_limit_reached',
      facts: { limit: 12, used: 10, required: 3 },
    });
  });

  it('gives back to the day of the settle what that took above the hold, and the rest to the day of the hold', () => {
    const limit = { id: 'key', subject: 'key', creditsPerDayMax: 12, day: '2026-06-01', used: 10 } as const;
    const books = {
      ...booksOf([grant('a', 'plan', 0, nextMonth), grant('b', 'purchase', 0, null)], 10),
      limits: [limit],
    };
    const yesterday = new Date('2026-05-31T23:00:00Z');
    const late = { ...hold, heldAt: yesterday };
    expect(left(trueUp(books, late, { spent: 7, facts: {} }, now)).limits[0]?.used).toBe(7);
    expect(left(trueUp(books, late, { spent: 3, facts: {} }, now)).limits[0]?.used).toBe(6);
    const old = { ...late, settledAt: yesterday };
    expect(left(trueUp(books, old, { spent: 3, facts: {} }, now)).limits[0]?.used).toBe(10);
  });

  it('moves nothing when the estimate was exact', () => {
    const books = booksOf([grant('a', 'plan', 0, nextMonth)], 10);
    expect(left(trueUp(books, hold, { spent: 10, facts: {} }, now)).postings).toEqual([]);
  });

  it('throws when a grant that paid is missing, instead of letting its credits expire', () => {
    const books = booksOf([grant('a', 'plan', 0, nextMonth)], 10);
    expect(() => trueUp(books, hold, { spent: 3, facts: {} }, now)).toThrow(
      'charge above came from grant b, which is missing',
    );
  });

  it('refuses after a refund of any part, or when the charges do not add up to the settled amount', () => {
    const books = booksOf([grant('a', 'plan', 50, nextMonth)], 10);
    const returns = [{ kind: 'reversal', amount: 1 }];
    for (const wrong of [
      { ...hold, charges: [within, { ...above, returns }] },
      { ...hold, charges: [within] },
    ])
      for (const spent of [3, 13]) {
        const refused = trueUp(books, wrong, { spent, facts: {} }, now);
        expect(isRefusal(refused) && refused.refused).toBe('conflict');
      }
  });
});
