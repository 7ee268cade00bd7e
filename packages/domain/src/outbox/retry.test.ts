import { describe, expect, it } from 'vitest';
import { outcomeOf } from './delivery.ts';
import { failingSecondsMax, hasFailedTooLong, nextAttempt, retryWindowSeconds } from './retry.ts';

const since = new Date('2026-01-01T00:00:00Z');
const after = (seconds: number) => new Date(since.getTime() + seconds * 1000);
const delay = (attempts: number, random: number, retryAfterSeconds?: number) => {
  const next = nextAttempt({ attempts, since, now: since, random, retryAfterSeconds });
  return next && (next.getTime() - since.getTime()) / 1000;
};

describe('a message that failed', () => {
  it('is tried again later each time, within a fifth of the listed delay', () => {
    expect([1, 2, 3, 4].map((attempts) => delay(attempts, 0.5))).toEqual([5, 30, 120, 600]);
    expect([delay(1, 0), delay(1, 1)]).toEqual([4, 6]);
    expect([delay(10, 0.5), delay(99, 0.5)]).toEqual([43_200, 43_200]);
  });

  it('waits as long as the endpoint asks, at most an hour, and never less than listed', () => {
    expect([delay(1, 0.5, 90), delay(1, 0.5, 1e9), delay(1, 0.5, -5), delay(4, 0.5, 1)]).toEqual([
      90, 3600, 5, 600,
    ]);
  });

  it('is tried a last time when three days are over, and is given up then', () => {
    let now = since;
    let attempts = 1;
    for (;;) {
      const next = nextAttempt({ attempts, since, now, random: 0.5 });
      if (next === undefined) break;
      expect(next.getTime()).toBeGreaterThan(now.getTime());
      now = next;
      attempts += 1;
    }
    expect(now).toEqual(after(retryWindowSeconds));
    expect(attempts).toBe(15);
  });

  it('is tried once more where its time was over before its first attempt', () => {
    const late = { attempts: 1, since, now: after(retryWindowSeconds + 1), random: 0.5 };
    expect(nextAttempt(late)).toBeUndefined();
  });
});

describe('an endpoint', () => {
  it('is disabled by a message that is given up after five days without an answer that accepts', () => {
    expect(hasFailedTooLong(since, after(failingSecondsMax - 1))).toBe(false);
    expect(hasFailedTooLong(since, after(failingSecondsMax))).toBe(true);
  });

  it('accepts a message by a status from 200 to 299 alone', () => {
    expect([200, 204, 299].map(outcomeOf)).toEqual(Array(3).fill('delivered'));
    expect([301, 307, 399].map(outcomeOf)).toEqual(Array(3).fill('redirected'));
    expect([199, 400, 404, 429, 500].map(outcomeOf)).toEqual(Array(5).fill('rejected'));
    expect(outcomeOf(410)).toBe('gone');
  });
});
