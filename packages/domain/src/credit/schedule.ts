import { type PaidPeriod, monthStart } from '../billing/period.ts';
import { addDays } from '../time.ts';

/** A paid period, and what its plan gives in each of its months. */
export interface CreditPeriod extends Omit<PaidPeriod, 'planId' | 'invoiceId' | 'paymentId'> {
  /** Credits of each month. */
  includedCredits: number;
  /** The most credits of an ended month that the next one keeps; 0 for none. */
  rolloverMax: number;
  /** For how many days the credits of its last month outlast it, while nothing follows. */
  graceDays: number;
}

/** The plan credits of one month of a paid period. */
export interface PlanMonth {
  /** When it begins; its credits end at `expiresAt`. */
  at: Date;
  expiresAt: Date;
  amount: number;
  rolloverMax: number;
  /** What makes it the only grant of its month: unique by account and kind. */
  reference: string;
  /** When the next month begins; null when nothing follows. */
  nextAt: Date | null;
}

/**
 * The months of paid periods that are in order. The credits of a month last until the next month begins; those of the
 * last one last through grace. A month keeps what the plan of the month before lets roll over.
 */
export function planMonths(periods: readonly CreditPeriod[]): PlanMonth[] {
  const months = periods.flatMap((period, index) =>
    Array.from({ length: period.months }, (_, number) => ({
      at: monthStart(period, number),
      number,
      period,
      before: number === 0 ? periods[index - 1] : period,
    })),
  );
  return months.map(({ at, number, period, before }, index) => {
    const { id, includedCredits, creditsLess, endsAt, graceDays } = period;
    // What the months before have not taken of it.
    const less = Math.max(0, creditsLess - includedCredits * number);
    const following = months[index + 1];
    const isContinued = following !== undefined && following.at <= endsAt;
    return {
      at,
      expiresAt: isContinued ? following.at : addDays(endsAt, graceDays),
      amount: Math.max(0, includedCredits - less),
      rolloverMax: before?.rolloverMax ?? 0,
      reference: number === 0 ? `period:${id}` : `period:${id}:${number}`,
      nextAt: following?.at ?? null,
    };
  });
}

/** The months that have begun by `now` and were not granted yet, where the next to grant begins at `nextGrantAt`. */
export function dueMonths(periods: readonly CreditPeriod[], nextGrantAt: Date, now: Date): PlanMonth[] {
  return planMonths(periods).filter(({ at }) => at >= nextGrantAt && at <= now);
}

/** When purchased credits end: never, unless the plan says after how many days. */
export function purchaseExpiry({ purchaseDays }: { purchaseDays: number | null }, now: Date): Date | null {
  return purchaseDays === null ? null : addDays(now, purchaseDays);
}
