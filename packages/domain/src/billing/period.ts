import type { Plan } from '../plans.ts';
import type { Subscription } from '../standing.ts';
import { addMonths } from '../time.ts';

const monthsOfCycle = { monthly: 1, annual: 12 } as const;

/** The period a payment buys, [start, end). */
export interface PaidPeriod {
  start: Date;
  end: Date;
}

/**
 * The period that begins with a payment at `now`. Paying for the same plan before its period ends adds to that
 * end, so that no paid day is lost.
 */
export function paidPeriod(
  current: Pick<Subscription, 'status' | 'planId' | 'periodEnd'>,
  plan: Pick<Plan, 'id' | 'cycle'>,
  now: Date,
): PaidPeriod {
  const renews = current.status === 'active' && current.planId === plan.id && now < current.periodEnd;
  return { start: now, end: addMonths(renews ? current.periodEnd : now, monthsOfCycle[plan.cycle]) };
}
