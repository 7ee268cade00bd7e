import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
import { usageRange } from './range.ts';

const now = new Date('2026-03-01T12:00:00Z');
const at = (text: string) => new Date(text);
const refusedPath = (answer: ReturnType<typeof usageRange>) =>
  isRefusal(answer) ? [answer.refused, JSON.stringify(answer)] : answer;

describe('the range of a usage', () => {
  it('is the last thirty days, up to now', () => {
    expect(usageRange({}, now)).toEqual({ from: at('2026-01-30T12:00:00Z'), to: now });
  });

  it('is thirty days before the end that is asked for', () => {
    const to = at('2026-02-01T00:00:00Z');
    expect(usageRange({ to }, now)).toEqual({ from: at('2026-01-02T00:00:00Z'), to });
  });

  it('may be 400 days to the millisecond, and end in time to come', () => {
    const to = at('2026-12-31T00:00:00Z');
    const from = new Date(to.getTime() - 400 * 86_400_000);
    expect(usageRange({ from, to }, now)).toEqual({ from, to });
  });

  it.each([
    ['of a millisecond more', new Date(now.getTime() - 400 * 86_400_000 - 1), now],
    ['of nothing', now, now],
    ['that runs backwards', now, new Date(now.getTime() - 1)],
    ['that begins in time to come and ends now', new Date(now.getTime() + 1), undefined],
  ])('%s is refused', (_what, from, to) => {
    expect(refusedPath(usageRange({ from, to }, now))).toEqual([
      'invalid_input',
      expect.stringContaining('"path":"from"'),
    ]);
  });
});
