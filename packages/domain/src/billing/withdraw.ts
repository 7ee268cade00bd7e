import { goOn } from './free.ts';
import { type PaidPeriod, type PaidPeriods, placePeriods } from './period.ts';

/** What is left of the paid periods when some of them turn out not to be paid. */
export interface Withdrawal {
  /** What is withdrawn, in order; it may be over. */
  withdrawn: PaidPeriod[];
  /** What runs now, or ran last; undefined where nothing else was ever paid. */
  running: PaidPeriod | undefined;
  /** What follows it, in order, without a gap. The first of them may begin now. */
  placed: PaidPeriod[];
  status: 'active' | 'past_due' | 'pending_payment';
}

/**
 * Takes periods out of those that were paid, as if they had not been. What follows them moves up: to now, where the running
 * one is withdrawn. When nothing follows, the period before it was the last one, and the subscription is past due from its
 * end on; one that costs nothing goes on by itself again. When there is none, the subscription waits for its first payment again.
 */
export function withdrawPeriods(
  { earlier, running, following }: PaidPeriods & { earlier: readonly PaidPeriod[] },
  { isWithdrawn, isFree }: Record<'isWithdrawn' | 'isFree', (period: PaidPeriod) => boolean>,
  now: Date,
): Withdrawal {
  const withdrawn = [...earlier, running, ...following].filter(isWithdrawn);
  const kept = following.filter((period) => !isWithdrawn(period));
  if (!isWithdrawn(running)) {
    const placed = withdrawn.length === 0 ? kept : placePeriods(running.anchorAt, running.endsAt, kept);
    return { withdrawn, running, placed, status: statusOf(running, now) };
  }
  const [first, ...rest] = placePeriods(now, now, kept);
  if (first !== undefined) return { withdrawn, running: first, placed: rest, status: 'active' };
  const before = earlier.findLast((period) => !isWithdrawn(period));
  if (before !== undefined && isFree(before))
    return { withdrawn, running: goOn(before), placed: [], status: 'active' };
  return { withdrawn, running: before, placed: [], status: statusOf(before, now) };
}

function statusOf(running: PaidPeriod | undefined, now: Date): Withdrawal['status'] {
  if (running === undefined) return 'pending_payment';
  return now < running.endsAt ? 'active' : 'past_due';
}
