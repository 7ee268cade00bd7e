import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
import { type Grant, move } from './books.ts';
import { hold } from './hold.ts';
import { type TokenPrice, type UnitPrice, priceOf, priceOfRun, priceOfTokens, unitsOfRun } from './price.ts';
import { resolve } from './resolve.ts';

const now = new Date('2026-06-01T00:00:00Z');
const nextMonth = new Date('2026-07-01T00:00:00Z');
const grant = (id: string, kind: Grant['kind'], available: number, expiresAt: Date | null): Grant => ({
  id,
  kind,
  available,
  held: 0,
  expiresAt,
});

describe('hold', () => {
  it('burns the soonest expiry first, then plan, promo, adjustment, purchase', () => {
    const grants = [
      grant('a', 'purchase', 5, null),
      grant('b', 'promo', 5, nextMonth),
      grant('c', 'plan', 5, nextMonth),
    ];
    expect(hold(grants, 12, now)).toEqual({
      backings: [
        { grantId: 'c', amount: 5 },
        { grantId: 'b', amount: 5 },
        { grantId: 'a', amount: 2 },
      ],
    });
  });

  it('refuses more than live grants hold and says how much there is', () => {
    const grants = [grant('a', 'plan', 5, now), grant('b', 'purchase', 3, null)];
    expect(hold(grants, 4, now)).toEqual({
      refused: 'insufficient_credits',
      facts: { required: 4, available: 3 },
    });
  });
});

describe('resolve', () => {
  const grants = [grant('a', 'plan', 0, now), grant('b', 'purchase', 0, null)];
  const backings = [
    { grantId: 'a', amount: 5 },
    { grantId: 'b', amount: 5 },
  ];
  const backed = { id: 'h', backings };

  it('charges a grant that expired meanwhile, and expires its remainder', () => {
    const resolved = resolve(backed, grants, 3, now);
    expect(resolved).toEqual({
      grants: [
        { grantId: 'a', spent: 3, returned: 0, expired: 2 },
        { grantId: 'b', spent: 0, returned: 5, expired: 0 },
      ],
      movements: [
        { from: 'held', to: 'spent', amount: 3, parts: [{ grantId: 'a', amount: 3 }] },
        { from: 'held', to: 'available', amount: 5, parts: [{ grantId: 'b', amount: 5 }] },
        { from: 'held', to: 'expired', amount: 2, parts: [{ grantId: 'a', amount: 2 }] },
      ],
    });
    const before = { granted: 10, available: 0, held: 10, spent: 0, expired: 0 };
    if (isRefusal(resolved)) throw new Error('refused');
    const after = move(before, resolved.movements);
    expect(after.available + after.held + after.spent + after.expired).toBe(after.granted);
  });

  it('refuses to settle above the hold', () => {
    expect(resolve(backed, grants, 11, now)).toEqual({ refused: 'settle_above_hold', facts: {} });
  });

  it('throws when a grant that backs the hold is missing, instead of losing its credits', () => {
    expect(() => resolve(backed, grants.slice(1), 3, now)).toThrow(
      'hold h is backed by grant a, which is missing',
    );
  });
});

describe('price', () => {
  const perToken: UnitPrice = {
    name: 'x',
    version: 1,
    kind: 'text',
    unit: 'token',
    unitSize: 1000,
    creditsPerUnit: 2,
    creditsMin: 3,
    outputTokensDefault: 500,
    outputTokensMax: 1000,
    model: null,
    promptTemplate: null,
    rates: null,
  };
  it('rounds up by started unit and keeps the minimum', () => {
    expect(priceOf(perToken, 1)).toBe(3);
    expect(priceOf(perToken, 2001)).toBe(6);
    expect(unitsOfRun({ ...perToken, unit: 'word' }, { inputTokens: 9, outputTokens: 101 })).toBe(76);
  });
  it('never goes beyond what a number counts exactly (I6)', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(priceOf(perToken, most)).toBe(Math.ceil(most / 1000) * 2);
    expect(priceOf({ ...perToken, unitSize: 1, creditsPerUnit: 25 }, most)).toBe(most);
  });

  const rates = { input: 3, cachedInput: 1, output: 15 };
  const bySort: TokenPrice = { ...perToken, creditsPerUnit: null, rates, creditsMin: 0 };
  const tokens = (inputTokens: number, cachedInputTokens: number, outputTokens: number) =>
    priceOfTokens(bySort, { inputTokens, cachedInputTokens, outputTokens });
  it('of tokens is the sum of their sorts, rounded up once, with the minimum', () => {
    expect(tokens(1000, 0, 1000)).toBe(18);
    expect(tokens(1000, 1000, 0)).toBe(1);
    expect(tokens(1, 1, 1)).toBe(1);
    expect(tokens(100, 50, 20)).toBe(1);
    expect(tokens(0, 0, 0)).toBe(0);
    expect(priceOfTokens({ ...bySort, creditsMin: 4 }, { inputTokens: 1, outputTokens: 1 })).toBe(4);
    const run = { ...bySort, kind: 'text', unit: 'token' } as const;
    expect(priceOfRun(run, { inputTokens: 1000, outputTokens: 1000 })).toBe(18);
  });
  it('of tokens takes no more for cached than there is, and stays exact', () => {
    expect(tokens(1000, 5000, 0)).toBe(1);
    const most = Number.MAX_SAFE_INTEGER;
    expect(tokens(most, most, 0)).toBe(Math.ceil(most / 1000));
    expect(priceOfTokens({ ...bySort, unitSize: 1 }, { inputTokens: most, outputTokens: most })).toBe(most);
  });
});
