import type { Posting } from './ledger.ts';

/** A threshold of the available credits, with what a next report of it depends on. */
export interface LowBalanceAlert {
  threshold: number;
  /** Whether a fall below it was reported, and nothing since has made another report due. */
  isReported: boolean;
  /** Since when the available credits are above the threshold by more than a tenth, in milliseconds; null while not. */
  aboveSince: number | null;
}

/** A fall of the available credits below a threshold. */
export interface LowBalanceReport {
  threshold: number;
  available: number;
}

/** How long the available credits stay above a threshold and its tenth before a fall below it is reported again. */
const recoveryMilliseconds = 600_000;

/** The alerts of new thresholds, the highest first. A threshold that stays keeps what was reported of it. */
export function setThresholds(
  alerts: readonly LowBalanceAlert[],
  thresholds: readonly number[],
): LowBalanceAlert[] {
  const known = new Map(alerts.map((alert) => [alert.threshold, alert]));
  return [...new Set(thresholds)]
    .toSorted((left, right) => right - left)
    .map((threshold) => known.get(threshold) ?? { threshold, isReported: false, aboveSince: null });
}

/**
 * What one step of the books, made at `at`, means for the alerts. `available` is what there was before it. A fall below a
 * threshold is reported once, and again only after a top-up, or after the credits were above the threshold and a tenth
 * for ten minutes. A step that tops up and falls is reported.
 */
export function watchBalance(
  alerts: readonly LowBalanceAlert[],
  available: number,
  { postings, at }: { postings: readonly Posting[]; at: Date },
): { alerts: LowBalanceAlert[]; reports: LowBalanceReport[] } {
  const after = availableAfter(available, postings);
  const isToppedUp = postings.some(({ from, to }) => from === 'granted' && to === 'available');
  const reports: LowBalanceReport[] = [];
  const watched = alerts.map(({ threshold, isReported, aboveSince }) => {
    const isRecovered = aboveSince !== null && at.getTime() - aboveSince >= recoveryMilliseconds;
    const isSilent = isReported && !isToppedUp && !isRecovered;
    const falls = available >= threshold && after < threshold;
    if (falls && !isSilent) reports.push({ threshold, available: after });
    const since = isAbove(after, threshold) ? (aboveSince ?? at.getTime()) : null;
    return { threshold, isReported: isSilent || falls, aboveSince: since };
  });
  return { alerts: watched, reports };
}

/** What is available after postings. */
function availableAfter(available: number, postings: readonly Posting[]): number {
  return postings.reduce(
    (sum, { from, to, amount }) =>
      sum + (to === 'available' ? amount : 0) - (from === 'available' ? amount : 0),
    available,
  );
}

/** Whether credits are above a threshold by more than a tenth of it, without a product that a number cannot count. */
const isAbove = (available: number, threshold: number) => available - threshold > threshold / 10;

/**
 * What time alone has made of the alerts, in the steps of the times at which it was due, whoever writes it when. Postings
 * of one time are one step: a month that ends and the next that begins are no fall.
 */
export function watchCatchUp(
  alerts: readonly LowBalanceAlert[],
  available: number,
  postings: readonly Posting[],
): { alerts: LowBalanceAlert[]; reports: LowBalanceReport[] } {
  const reports: LowBalanceReport[] = [];
  let [watched, left] = [[...alerts], available];
  for (const step of stepsOf(postings)) {
    const seen = watchBalance(watched, left, step);
    watched = seen.alerts;
    reports.push(...seen.reports);
    left = availableAfter(left, step.postings);
  }
  return { alerts: watched, reports };
}

/** Postings by their times, in the order in which they were made. */
function stepsOf(postings: readonly Posting[]): { postings: Posting[]; at: Date }[] {
  const steps: { postings: Posting[]; at: Date }[] = [];
  for (const posting of postings) {
    const { at } = posting;
    if (at === undefined) throw new Error(`a ${posting.kind} by time alone has no time`);
    const last = steps.at(-1);
    if (last !== undefined && last.at.getTime() === at.getTime()) last.postings.push(posting);
    else steps.push({ postings: [posting], at });
  }
  return steps;
}
