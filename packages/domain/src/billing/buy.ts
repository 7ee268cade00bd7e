import type { Plan } from '../plans.ts';
import type { Subscription } from '../standing.ts';
import { addDays } from '../time.ts';
import {
  type PaidPeriod,
  type PaidPeriods,
  type UnplacedPeriod,
  monthStart,
  paidThroughOf,
  placePeriods,
} from './period.ts';

const monthsOfCycle = { monthly: 1, annual: 12 } as const;

/** What of a plan decides when a paid period begins. */
export type BilledPlan = Pick<
  Plan,
  'id' | 'priceAmount' | 'currency' | 'cycle' | 'includedCredits' | 'graceDays'
>;

/** What is bought: a period of a plan. `restId` is the id of the rest of a running period that is not lost. */
export interface Order {
  id: string;
  restId: string;
  plan: BilledPlan;
  paymentId: string | null;
}

/** What a payment makes of the paid periods. */
export interface Purchase {
  bought: PaidPeriod;
  /** The period that ran until now, or still runs; one that a new beginning cuts short ends now. */
  before: PaidPeriod;
  /** Every period after that one, in order: the bought one is new, and others may have moved. */
  placed: PaidPeriod[];
  /** The plan credits of the ended month that its unused time is worth. */
  unusedCreditsMax: number;
}

/**
 * Places the period that a payment at `now` buys. While the paid time runs, and in grace, it begins where the last
 * period of a plan that costs as much ended, and cheaper ones that have not begun move behind it. A plan that costs
 * more than the running one begins at once, at an anchor of its own; the months of the running period that have not
 * begun follow it. In every other case the period begins now.
 */
export function buyPeriod(
  current: PaidPeriods & Pick<Subscription, 'status'>,
  order: Order,
  planOf: (planId: string) => BilledPlan,
  now: Date,
): Purchase {
  const { running, following } = current;
  const { id, plan, paymentId } = order;
  const bought: UnplacedPeriod = { id, planId: plan.id, months: monthsOfCycle[plan.cycle], paymentId };
  const runningPlan = planOf(running.planId);
  const { ended, rest, unusedCreditsMax } = cutPeriod(running, runningPlan, order.restId, now);
  if (!continues(current, runningPlan, now))
    return purchase(id, ended, placePeriods(now, now, [bought, ...following]));
  if (now < running.endsAt && isCheaper(runningPlan, plan)) {
    const placed = placePeriods(now, now, [bought, ...rest, ...following]);
    return { ...purchase(id, ended, placed), unusedCreditsMax };
  }
  const cheaper = following.findIndex((one) => isCheaper(planOf(one.planId), plan));
  const place = cheaper === -1 ? following.length : cheaper;
  const queue = [...following.slice(0, place), bought, ...following.slice(place)];
  const placed = placePeriods(running.anchorAt, running.endsAt, queue);
  return purchase(id, running, placed);
}

function purchase(id: string, before: PaidPeriod, placed: PaidPeriod[]): Purchase {
  const bought = placed.find((period) => period.id === id);
  if (bought === undefined) throw new Error(`The bought period ${id} has no place.`);
  return { bought, before, placed, unusedCreditsMax: 0 };
}

/** Whether a payment at `now` continues the paid time. */
function continues(
  current: PaidPeriods & Pick<Subscription, 'status'>,
  { graceDays }: BilledPlan,
  now: Date,
): boolean {
  const { status } = current;
  const end = paidThroughOf(current);
  if (status === 'cancelled') return now < end;
  return (status === 'active' || status === 'past_due') && now < addDays(end, graceDays);
}

/** Whether a plan costs less a month than another. Prices of two currencies are compared by their credits. */
export function isCheaper(plan: BilledPlan, other: BilledPlan): boolean {
  if (plan.currency !== other.currency) return plan.includedCredits < other.includedCredits;
  return plan.priceAmount * monthsOfCycle[other.cycle] < other.priceAmount * monthsOfCycle[plan.cycle];
}

/** Ends a period now: what has not begun of it is kept, and the credits of its month are worth its unused time. */
function cutPeriod(period: PaidPeriod, plan: BilledPlan, restId: string, now: Date) {
  if (now >= period.endsAt) return { ended: period, rest: [], unusedCreditsMax: 0 };
  let begun = 1;
  while (begun < period.months && monthStart(period, begun) <= now) begun += 1;
  const ended = { ...period, months: begun, endsAt: now };
  // A plan that costs nothing was not paid, so nothing of it is kept.
  if (plan.priceAmount === 0) return { ended, rest: [], unusedCreditsMax: 0 };
  const months = period.months - begun;
  const { planId, paymentId } = period;
  const rest: UnplacedPeriod[] = months === 0 ? [] : [{ id: restId, planId, months, paymentId }];
  const monthBegan = monthStart(period, begun - 1);
  const monthEnds = months === 0 ? period.endsAt : monthStart(period, begun);
  const [left, length] = [now, monthBegan].map((from) => BigInt(Number(monthEnds) - Number(from)));
  const unused = (BigInt(plan.includedCredits) * (left ?? 0n)) / (length ?? 1n);
  return { ended, rest, unusedCreditsMax: Number(unused) };
}
