import { describe, expect, it } from 'vitest';
import { type JournalEntry, emptyReplay, replayEntry } from './replay.ts';

const entry = (sequence: number, movement: Partial<JournalEntry>): JournalEntry => ({
  id: `entry ${sequence}`,
  sequence,
  kind: 'settle',
  from: 'available',
  to: 'spent',
  amount: 10,
  availableAfter: 90,
  holdId: 'hold',
  grantId: 'a',
  facts: {},
  ...movement,
});

/** A journal of a grant, a charge, and what a test puts behind them. */
function replayed(...behind: Partial<JournalEntry>[]) {
  const replay = emptyReplay();
  const before = [
    entry(1, {
      kind: 'grant',
      from: 'granted',
      to: 'available',
      amount: 100,
      availableAfter: 100,
      holdId: null,
    }),
    entry(2, { facts: { source: 'estimated' } }),
  ];
  const entries = [...before, ...behind.map((movement, index) => entry(index + 3, movement))];
  return {
    replay,
    faults: entries.map((one) => replayEntry(replay, one)).filter((fault) => fault !== undefined),
  };
}

const back = { from: 'spent', to: 'available', facts: { reverses: 'entry 2' } } as const;

describe('a journal with corrections', () => {
  it('explains a true-up and a refund of what it left; only the true-up changes what the hold paid', () => {
    const trueUp = { ...back, kind: 'true_up', amount: 4, availableAfter: 94 };
    const refund = { ...back, kind: 'reversal', amount: 6, availableAfter: 100 };
    const { replay, faults } = replayed(trueUp, refund);
    expect(faults).toEqual([]);
    expect(replay.balance).toMatchObject({ available: 100, spent: 0 });
    expect(replay.holds.get('hold')).toEqual({ held: 0, spent: 6, isEstimated: false });
  });

  it.each([
    [
      'more than the charge',
      [{ ...back, kind: 'reversal', amount: 11, availableAfter: 101 }],
      'leaves spent below zero',
    ],
    [
      'more than was left of it',
      [
        { amount: 5, availableAfter: 85 },
        { ...back, kind: 'true_up', amount: 4, availableAfter: 89 },
        { ...back, kind: 'reversal', amount: 7, availableAfter: 96 },
      ],
      'gives back more of charge entry 2 than was left of it',
    ],
    [
      'no charge',
      [{ ...back, facts: {}, kind: 'reversal', availableAfter: 100 }],
      'gives back what is no charge',
    ],
    [
      'an entry that charged nothing',
      [{ ...back, facts: { reverses: 'entry 1' }, availableAfter: 100 }],
      'gives back what is no charge',
    ],

    [
      'nothing out of what is spent',
      [{ from: 'available', to: 'granted', facts: back.facts, availableAfter: 80 }],
      'reverses, and gives nothing back',
    ],
  ] as const)('names an entry that gives back %s', (_what, behind, fault) => {
    expect(replayed(...behind).faults).toEqual([fault]);
  });
});
