import { addMonths } from '../time.ts';

/** A paid period, and what its plan gives in it. The period is [periodStart, periodEnd). */
export interface CreditSchedule {
  periodStart: Date;
  periodEnd: Date;
  cycle: 'monthly' | 'annual';
  /** Credits of each month. */
  includedCredits: number;
  /** The most credits of an ended month that the next one keeps; 0 for none. */
  rolloverMax: number;
}

/** The plan credits of one month of a paid period. */
export interface PlanMonth {
  /** When it begins; its credits end at `expiresAt`. */
  at: Date;
  expiresAt: Date;
  amount: number;
  rolloverMax: number;
  /** What makes it the only grant of its month: unique by account and kind. A new period has new references. */
  reference: string;
  /** When the next month of the same period begins; null when the period ends first. */
  nextAt: Date | null;
}

/** A month of a period, numbered from 0; undefined when the period has ended by then. A monthly plan has one month. */
export function planMonth(schedule: CreditSchedule, number: number): PlanMonth | undefined {
  const { periodStart, periodEnd, cycle, includedCredits: amount, rolloverMax } = schedule;
  const at = addMonths(periodStart, number);
  if (at >= periodEnd || (cycle === 'monthly' && number > 0)) return undefined;
  const next = addMonths(periodStart, number + 1);
  const nextAt = cycle === 'annual' && next < periodEnd ? next : null;
  const period = `period:${periodStart.toISOString()}`;
  const reference = number === 0 ? period : `${period}:${number}`;
  return { at, expiresAt: nextAt ?? periodEnd, amount, rolloverMax, reference, nextAt };
}

/** The months that have begun by `now` and were not granted yet, where the next to grant begins at `nextGrantAt`. */
export function dueMonths(schedule: CreditSchedule, nextGrantAt: Date, now: Date): PlanMonth[] {
  const due: PlanMonth[] = [];
  for (let number = 1; ; number += 1) {
    const month = planMonth(schedule, number);
    if (month === undefined || month.at > now) return due;
    if (month.at >= nextGrantAt) due.push(month);
  }
}

/** When purchased credits end: never, unless the plan says after how many days. */
export function purchaseExpiry({ purchaseDays }: { purchaseDays: number | null }, now: Date): Date | null {
  return purchaseDays === null ? null : new Date(now.getTime() + purchaseDays * 86_400_000);
}
