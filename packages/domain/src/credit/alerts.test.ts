import { describe, expect, it } from 'vitest';
import { type LowBalanceAlert, setThresholds, watchBalance, watchCatchUp } from './alerts.ts';
import type { Posting } from './ledger.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000);

/** A step of the books: spending and giving back move between `available` and `held`; a grant comes from `granted`. */
type Step = [minute: number, kind: 'spend' | 'return' | 'grant', amount: number];

const postingOf = ([, kind, amount]: Step): Posting => {
  if (kind === 'spend') return { kind: 'hold', from: 'available', to: 'held', amount };
  if (kind === 'return') return { kind: 'release', from: 'held', to: 'available', amount };
  return { kind: 'grant', from: 'granted', to: 'available', amount };
};

/** The minutes at which a fall below 100 is reported, with what is available then. */
function reportsOf(available: number, steps: readonly Step[]): [minute: number, available: number][] {
  let [alerts, left] = [setThresholds([], [100]), available];
  return steps.flatMap((step) => {
    const posting = postingOf(step);
    const seen = watchBalance(alerts, left, { postings: [posting], at: at(step[0]) });
    alerts = seen.alerts;
    left += step[1] === 'spend' ? -step[2] : step[2];
    return seen.reports.map((report): [number, number] => [step[0], report.available]);
  });
}

describe('a low balance', () => {
  it.each<[what: string, available: number, steps: Step[], reports: [number, number][]]>([
    ['is reported when the credits fall below the threshold', 100, [[0, 'spend', 1]], [[0, 99]]],
    ['is not reported at the threshold', 101, [[0, 'spend', 1]], []],
    ['is not reported for credits that were below it from the start', 99, [[0, 'spend', 1]], []],
    [
      'is not reported with each call near the threshold',
      100,
      [
        [0, 'spend', 1],
        [1, 'return', 1],
        [2, 'spend', 1],
        [30, 'return', 5],
        [31, 'spend', 5],
        [99, 'return', 11],
        [999, 'spend', 11],
      ],
      [[0, 99]],
    ],
    [
      'is reported again after ten minutes above the threshold and its tenth',
      100,
      [
        [0, 'spend', 1],
        [1, 'return', 12],
        [11, 'spend', 20],
      ],
      [
        [0, 99],
        [11, 91],
      ],
    ],
    [
      'is not reported again before the ten minutes are over',
      100,
      [
        [0, 'spend', 1],
        [1, 'return', 12],
        [10.9, 'spend', 20],
      ],
      [[0, 99]],
    ],
    [
      'is not reported again after ten minutes at exactly the tenth',
      100,
      [
        [0, 'spend', 1],
        [1, 'return', 11],
        [60, 'spend', 20],
      ],
      [[0, 99]],
    ],
    [
      'counts the ten minutes anew after a fall below the tenth',
      100,
      [
        [0, 'spend', 1],
        [1, 'return', 12],
        [6, 'spend', 5],
        [7, 'return', 5],
        [12, 'spend', 20],
        [13, 'return', 20],
        [23, 'spend', 20],
      ],
      [
        [0, 99],
        [23, 91],
      ],
    ],
    [
      'is due again after the ten minutes, though the credits fall below the tenth first',
      100,
      [
        [0, 'spend', 1],
        [1, 'return', 12],
        [11, 'spend', 5],
        [12, 'spend', 20],
      ],
      [
        [0, 99],
        [12, 86],
      ],
    ],
    [
      'is reported again after a top-up, however small and at once',
      100,
      [
        [0, 'spend', 1],
        [0, 'grant', 1],
        [0, 'spend', 1],
      ],
      [
        [0, 99],
        [0, 99],
      ],
    ],
    [
      'is reported again after a top-up that leaves the credits below, once they have risen and fallen',
      100,
      [
        [0, 'spend', 50],
        [1, 'grant', 10],
        [2, 'spend', 1],
        [3, 'return', 60],
        [4, 'spend', 60],
      ],
      [
        [0, 50],
        [4, 59],
      ],
    ],
  ])('%s', (_what, available, steps, reports) => {
    expect(reportsOf(available, steps)).toEqual(reports);
  });

  it('is reported for each threshold by itself, also for one that a number can hardly count', () => {
    const alerts = setThresholds([], [100, 500, Number.MAX_SAFE_INTEGER]);
    const fall: Posting = {
      kind: 'hold',
      from: 'available',
      to: 'held',
      amount: Number.MAX_SAFE_INTEGER - 50,
    };
    const seen = watchBalance(alerts, Number.MAX_SAFE_INTEGER, { postings: [fall], at: at(0) });
    expect(seen.reports.map(({ threshold }) => threshold)).toEqual([Number.MAX_SAFE_INTEGER, 500, 100]);
  });

  it('is reported when a step tops up and falls: a plan that is set to less than the threshold', () => {
    const alerts: LowBalanceAlert[] = [{ threshold: 100, isReported: true, aboveSince: null }];
    const postings: Posting[] = [
      { kind: 'grant_end', from: 'available', to: 'expired', amount: 200 },
      { kind: 'grant', from: 'granted', to: 'available', amount: 50 },
    ];
    expect(watchBalance(alerts, 200, { postings, at: at(0) }).reports).toEqual([
      { threshold: 100, available: 50 },
    ]);
  });
});

describe('setting thresholds', () => {
  it('keeps each once, the highest first, and what was reported of those that stay', () => {
    const reported = { threshold: 100, isReported: true, aboveSince: 5 };
    expect(setThresholds([reported], [50, 100, 50])).toEqual([
      reported,
      { threshold: 50, isReported: false, aboveSince: null },
    ]);
    expect(setThresholds([reported], [])).toEqual([]);
  });
});

describe('what becomes due by time alone', () => {
  const posted = (step: Step): Posting => ({ ...postingOf(step), at: at(step[0]) });
  const reported: LowBalanceAlert[] = [{ threshold: 100, isReported: true, aboveSince: null }];

  it('counts from when it was due, whoever writes it when', () => {
    const caughtUp = watchCatchUp(reported, 99, [posted([1, 'return', 12])]);
    expect(caughtUp.reports).toEqual([]);
    const spent = postingOf([11, 'spend', 20]);
    expect(watchBalance(caughtUp.alerts, 111, { postings: [spent], at: at(11) }).reports).toHaveLength(1);
    const all = watchCatchUp(reported, 99, [posted([1, 'return', 12]), posted([11, 'spend', 20])]);
    expect(all.reports).toEqual([{ threshold: 100, available: 91 }]);
  });

  it('is one step at one time: a month that ends and the next that begins are no fall', () => {
    const month: Posting[] = [
      { kind: 'grant_end', from: 'available', to: 'expired', amount: 500, at: at(1) },
      { kind: 'grant', from: 'granted', to: 'available', amount: 500, at: at(1) },
    ];
    const alerts = setThresholds([], [100]);
    expect(watchCatchUp(alerts, 500, month).reports).toEqual([]);
    const over = watchCatchUp(alerts, 500, month.slice(0, 1));
    expect(over.reports).toEqual([{ threshold: 100, available: 0 }]);
  });

  it('throws for a posting without a time', () => {
    expect(() => watchCatchUp(reported, 99, [postingOf([1, 'return', 1])])).toThrow('has no time');
  });
});
