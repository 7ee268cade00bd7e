import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
import type { Grant } from './books.ts';
import { type StaleBooks, catchUp } from './catch-up.ts';
import { addGrant, setPlanGrant } from './grants.ts';
import { type BackedHold, type Books, takeHold } from './ledger.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const empty: Books = {
  balance: { granted: 0, available: 0, held: 0, spent: 0, expired: 0 },
  grants: [],
  limits: [],
  nextGrantAt: null,
  postings: [],
};
const stale = (books: Books, more: Partial<StaleBooks> = {}): StaleBooks => ({
  ...books,
  overdue: [],
  due: [],
  planCreditsEndAt: null,
  ...more,
});
const plan = (amount: number, expiresAt: Date) =>
  addGrant(empty, { id: 'g1', kind: 'plan', amount, expiresAt, reference: 'r1' });
const left = (books: Books) =>
  books.grants.map(({ id, available, expiresAt }: Grant) => [id, available, expiresAt]);

function holding(books: Books, amount: number, expiresAt: Date): { books: Books; hold: BackedHold } {
  const taken = takeHold(books, amount, { holdId: 'h' }, at(1));
  if (isRefusal(taken)) throw new Error(taken.refused);
  const place = { operation: null, siteId: null, limitGroupId: null };
  return {
    books: taken.books,
    hold: { id: 'h', createdAt: at(1), expiresAt, ...place, backings: taken.backings },
  };
}

describe('what time does', () => {
  const month = (day: number, rolloverMax: number) => ({
    id: `m${day}`,
    at: at(day),
    expiresAt: at(day + 10),
    nextAt: at(day + 10),
    amount: 50,
    rolloverMax,
    reference: `m${day}`,
  });

  it('is the same, whether it is written down at each moment or long after', () => {
    const { books, hold } = holding(plan(100, at(10)), 30, at(5));
    const due = [month(10, 20), month(20, 20)];
    const late = catchUp(stale(books, { overdue: [hold], due }), at(25));
    let prompt = catchUp(stale(books, { overdue: [hold] }), at(5));
    for (const one of due) prompt = catchUp(stale(prompt, { due: [one] }), one.at);
    prompt = catchUp(stale(prompt), at(25));
    expect(late).toEqual(prompt);
    expect(late.balance).toMatchObject({ available: 70, held: 0 });
    expect(late.nextGrantAt).toEqual(at(30));
    expect(late.postings.slice(2).map((posting) => posting.at)).toEqual(
      [5, 10, 10, 20, 20, 20].map((day) => at(day)),
    );
  });

  it('lets a hold that ran out before its grant did give back, and one that ran out after it expire', () => {
    const before = holding(plan(100, at(10)), 30, at(9));
    expect(catchUp(stale(before.books, { overdue: [before.hold] }), at(9)).balance.available).toBe(100);
    const after = holding(plan(100, at(10)), 30, at(10));
    const { balance } = catchUp(stale(after.books, { overdue: [after.hold] }), at(10));
    expect(balance).toMatchObject({ available: 0, held: 0, expired: 100 });
  });
});

describe('books that no rule can have made', () => {
  const { books, hold } = holding(plan(100, at(10)), 30, at(5));

  it('stop at a hold whose grant is missing, and name both', () => {
    const broken = stale({ ...books, grants: [] }, { overdue: [hold] });
    expect(() => catchUp(broken, at(6))).toThrow('hold h is backed by grant g1, which is missing');
  });

  it('stop at a hold that takes more of a grant than it holds', () => {
    const grants = books.grants.map((grant) => ({ ...grant, held: 29 }));
    expect(() => catchUp(stale({ ...books, grants }, { overdue: [hold] }), at(6))).toThrow(
      'hold h takes more of grant g1 than it holds: 29',
    );
  });

  it('stop at a book that would go below zero', () => {
    const balance = { ...books.balance, held: 10 };
    expect(() => catchUp(stale({ ...books, balance }, { overdue: [hold] }), at(6))).toThrow(
      'the credits held would be -20',
    );
  });
});

describe('a renewal', () => {
  const next = { id: 'g2', amount: 50, expiresAt: at(20), reference: 'r2' };

  it('sets the plan part and leaves the other kinds', () => {
    const bought = addGrant(plan(100, at(10)), {
      id: 'p',
      kind: 'purchase',
      amount: 7,
      expiresAt: null,
      reference: 'p',
    });
    const { balance, grants } = setPlanGrant(bought, next, at(8));
    expect(left({ ...bought, grants })).toEqual([
      ['g1', 0, at(8)],
      ['p', 7, null],
      ['g2', 50, at(20)],
    ]);
    expect(balance).toMatchObject({ available: 57, expired: 100, granted: 157 });
  });

  it('keeps at most what the plan lets roll over, newest first, until the next ends', () => {
    const rolled = setPlanGrant(plan(30, at(10)), { ...next, rolloverMax: 40 }, at(10));
    expect(left(rolled)).toEqual([
      ['g1', 30, at(20)],
      ['g2', 50, at(20)],
    ]);
    const third = { id: 'g3', amount: 50, expiresAt: at(30), reference: 'r3', rolloverMax: 60 };
    const again = setPlanGrant(rolled, third, at(20));
    expect(left(again)).toEqual([
      ['g1', 10, at(30)],
      ['g2', 50, at(30)],
      ['g3', 50, at(30)],
    ]);
    expect(again.balance).toMatchObject({ available: 110, expired: 20, granted: 130 });
  });
});
