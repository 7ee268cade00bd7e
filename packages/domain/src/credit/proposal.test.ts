import { describe, expect, it } from 'vitest';
import { refusalIfAboveBound, refusalIfNotDecidable } from './proposal.ts';

describe('a correction of credits', () => {
  it.each([
    [1000, 0, 1000, 'ok'],
    [1001, 0, 1000, 'conflict'],
    [-1001, 0, 1000, 'conflict'],
    [1, 1000, 1000, 'conflict'],
    [1, 999, 1000, 'ok'],
    [1, 0, 0, 'conflict'],
    [1_000_000_000, 5, undefined, 'ok'],
  ])('of %i after %i, with the bound %s, is %s', (amount, adjusted, bound, verdict) => {
    expect(refusalIfAboveBound(amount, { adjusted, bound })?.refused ?? 'ok').toBe(verdict);
  });

  it('says what was asked for and what one may decide', () => {
    const facts = { reason: 'second_approver_missing', required: 1500, limit: 1000 };
    expect(refusalIfAboveBound(-600, { adjusted: 900, bound: 1000 })).toEqual({ refused: 'conflict', facts });
  });
});

describe('a proposal', () => {
  const waiting = { status: 'waiting', proposedBy: 'staff:1' } as const;

  it.each([
    ['approved by another', waiting, { by: 'staff:2', approves: true }, 'ok'],
    ['approved by whoever made it', waiting, { by: 'staff:1', approves: true }, 'conflict'],
    ['rejected by whoever made it', waiting, { by: 'staff:1', approves: false }, 'ok'],
    ['approved twice', { ...waiting, status: 'approved' }, { by: 'staff:2', approves: true }, 'conflict'],
    [
      'rejected after it was approved',
      { ...waiting, status: 'approved' },
      { by: 'staff:2', approves: false },
      'conflict',
    ],
    [
      'approved after it was rejected',
      { ...waiting, status: 'rejected' },
      { by: 'staff:2', approves: true },
      'conflict',
    ],
  ] as const)('that is %s', (_what, proposal, decision, verdict) => {
    expect(refusalIfNotDecidable(proposal, decision)?.refused ?? 'ok').toBe(verdict);
  });
});
