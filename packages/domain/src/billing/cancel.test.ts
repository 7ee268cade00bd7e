import { describe, expect, it } from 'vitest';
import { refuse } from '../refusals.ts';
import { addDays } from '../time.ts';
import { refusalIfEnded, statusAfterResume } from './cancel.ts';

const end = new Date('2026-03-31T12:00:00Z');
const before = addDays(end, -1);

describe('a subscription', () => {
  it.each([
    ['active', before, 'ok'],
    ['active', addDays(end, 3), 'ok'],
    ['active', addDays(end, 7), 'conflict'],
    ['trialing', before, 'ok'],
    ['trialing', end, 'conflict'],
    ['pending_payment', before, 'ok'],
    ['cancelled', before, 'ok'],
    ['cancelled', end, 'conflict'],
    ['expired', before, 'conflict'],
  ] as const)('that is %s at %s can be cancelled: %s', (status, now, expected) => {
    expect(refusalIfEnded({ status, paidThrough: end }, 7, now)?.refused ?? 'ok').toBe(expected);
  });

  it('that is cancelled goes on as what it was, until its time is over', () => {
    const cancelled = { status: 'cancelled', paidThrough: end, anchorAt: addDays(end, -31) } as const;
    expect(statusAfterResume(cancelled, 7, before)).toBe('active');
    expect(statusAfterResume({ ...cancelled, anchorAt: null }, 7, before)).toBe('trialing');
    expect(statusAfterResume(cancelled, 7, end)).toEqual(refuse('conflict'));
  });

  it('that is not cancelled stays as it is', () => {
    const active = { status: 'active', paidThrough: end, anchorAt: addDays(end, -31) } as const;
    expect(statusAfterResume(active, 7, before)).toBe('active');
    expect(statusAfterResume(active, 7, addDays(end, 7))).toEqual(refuse('conflict'));
  });
});
