import { type PaidPeriod, type PaidPeriods, monthStart } from './period.ts';
import { type BilledPlan, freeMonths, isFree } from './plan.ts';
import { monthsBegun } from './unused.ts';

/** A month of a period that goes on by itself. */
export interface FreeMonth {
  periodId: string;
  /** Numbered from 0. */
  number: number;
  startsAt: Date;
  endsAt: Date;
}

/** The month of a period that runs at `now`, and the next one. */
export function freeMonthsAt(period: PaidPeriod, now: Date): [FreeMonth, FreeMonth] {
  const number = monthsBegun(period, now) - 1;
  const month = (of: number): FreeMonth => ({
    periodId: period.id,
    number: of,
    startsAt: monthStart(period, of),
    endsAt: monthStart(period, of + 1),
  });
  return [month(number), month(number + 1)];
}

/** Lets a period that goes on by itself end with the month that runs. */
export function endWithMonth(period: PaidPeriod, now: Date): PaidPeriod {
  const months = monthsBegun(period, now);
  return { ...period, months, endsAt: monthStart(period, months) };
}

/** Lets a period go on by itself again. */
export function goOn(period: PaidPeriod): PaidPeriod {
  return { ...period, months: freeMonths, endsAt: monthStart(period, freeMonths) };
}

/** The periods without those to come that cost nothing: whoever pays for a plan no longer asks for them. */
export function withoutFree<Periods extends PaidPeriods>(
  periods: Periods,
  planOf: (planId: string) => Pick<BilledPlan, 'priceAmount'>,
): Periods {
  return { ...periods, following: periods.following.filter(({ planId }) => !isFree(planOf(planId))) };
}
