import type { Subscription } from '../standing.ts';
import { addDays } from '../time.ts';
import {
  type PaidPeriod,
  type PaidPeriods,
  type UnplacedPeriod,
  paidThroughOf,
  placePeriods,
} from './period.ts';
import { withoutFree } from './free.ts';
import { type BilledPlan, isCheaper, isFree, monthsOfCycle, monthsOfPeriod } from './plan.ts';
import { type UnusedPart, creditsOfMonths, monthsBegun } from './unused.ts';

/** What an invoice for a better plan took off its price: the unused part of a period, when the invoice was written. */
export type CreditedPart = UnusedPart & { periodId: string };

/** What is bought: a period of a plan. `restId` is the id of the rest of a running period that is not lost. */
export interface Order {
  id: string;
  restId: string;
  plan: BilledPlan;
  invoiceId: string | null;
  paymentId: string | null;
  /** Present where the plan begins at once, in the place of a cheaper one. */
  upgrade?: CreditedPart | undefined;
}

/** A subscription when it is paid. `creditsLeft` are the unused plan credits, less what the running plan lets roll over. */
export type PayingSubscription = PaidPeriods & Pick<Subscription, 'status'> & { creditsLeft: number };

/** What a payment makes of the paid periods. */
export interface Purchase {
  bought: PaidPeriod;
  /** The period that ran until now, or still runs; one that a new beginning cuts short ends now. */
  before: PaidPeriod;
  /** Every period after that one, in order: the bought one is new, and others may have moved. */
  placed: PaidPeriod[];
  /** Periods that cost nothing and are to come no more. */
  dropped: readonly PaidPeriod[];
}

/**
 * Places the period that a payment at `now` buys. While the paid time runs, and in grace, it begins where the last
 * period of a plan that costs as much ended, and cheaper ones that have not begun move behind it. An upgrade begins at
 * once, at an anchor of its own, while the period runs that its invoice took its credit from. In every other case the
 * period begins now. A plan that costs nothing gives way to one that is paid at once, and is to come no more after one. Credits that the invoice took off its price and that were spent since are taken from the new plan,
 * at what they were worth.
 */
export function buyPeriod(
  asking: PayingSubscription,
  order: Order,
  planOf: (planId: string) => BilledPlan,
  now: Date,
): Purchase {
  const current = withoutFree(asking, planOf);
  const { running, following, creditsLeft } = current;
  const dropped = asking.following.filter((period) => !following.includes(period));
  const placedAs = (before: PaidPeriod, placed: PaidPeriod[]) =>
    purchase(order.id, { before, placed, dropped });
  const { id, plan, invoiceId, paymentId, upgrade } = order;
  const isSame = upgrade?.periodId === running.id;
  const runningPlan = planOf(running.planId);
  const left = isSame ? creditsLeft : 0;
  const bought: UnplacedPeriod = {
    id,
    planId: plan.id,
    months: monthsOfPeriod(plan),
    invoiceId,
    paymentId,
    creditsLess: upgrade === undefined ? 0 : creditsMissing(upgrade, left, plan),
  };
  if (now < running.endsAt && upgrade !== undefined && isSame) {
    const cut = cutPeriod(running, runningPlan, { restId: order.restId, taken: upgrade.months, now });
    const creditsLess = creditsMissing(upgrade, left + cut.takenCredits, plan);
    const queue = [{ ...bought, creditsLess }, ...cut.rest, ...following];
    return placedAs(cut.ended, placePeriods(now, now, queue));
  }
  if (isFree(runningPlan) && !isFree(plan) && continues(current, runningPlan, now)) {
    const cut = cutPeriod(running, runningPlan, { restId: order.restId, taken: 0, now });
    return placedAs(cut.ended, placePeriods(now, now, [bought, ...following]));
  }
  if (!continues(current, runningPlan, now))
    return placedAs(running, placePeriods(now, now, [bought, ...following]));
  const cheaper = following.findIndex((one) => isCheaper(planOf(one.planId), plan));
  const place = cheaper === -1 ? following.length : cheaper;
  const queue = [...following.slice(0, place), bought, ...following.slice(place)];
  return placedAs(running, placePeriods(running.anchorAt, running.endsAt, queue));
}

/**
 * By how many credits a better plan brings less, because credits that its invoice took off the price are no longer there
 * when it is paid: as many as the missing ones have cost less, rounded up.
 */
function creditsMissing(
  { credits, amount }: Pick<CreditedPart, 'credits' | 'amount'>,
  left: number,
  { includedCredits, cycle, priceAmount }: BilledPlan,
): number {
  if (left >= credits || priceAmount === 0) return 0;
  const missing = BigInt(credits - left) * BigInt(amount) * BigInt(includedCredits * monthsOfCycle[cycle]);
  const whole = BigInt(credits) * BigInt(priceAmount);
  return Number((missing + whole - 1n) / whole);
}

function purchase(id: string, places: Omit<Purchase, 'bought'>): Purchase {
  const bought = places.placed.find((period) => period.id === id);
  if (bought === undefined) throw new Error(`The bought period ${id} has no place.`);
  return { bought, ...places };
}

/** Whether a payment at `now` continues the paid time. */
export function continues(
  current: PaidPeriods & Pick<Subscription, 'status'>,
  { graceDays }: Pick<BilledPlan, 'graceDays'>,
  now: Date,
): boolean {
  const { status } = current;
  const end = paidThroughOf(current);
  if (status === 'cancelled') return now < end;
  return (status === 'active' || status === 'past_due') && now < addDays(end, graceDays);
}

/** Ends a period now. Of its months that have not begun, `taken` were taken off a price, and the others are kept. */
function cutPeriod(
  period: PaidPeriod,
  plan: BilledPlan,
  { restId, taken, now }: { restId: string; taken: number; now: Date },
) {
  const begun = monthsBegun(period, now);
  const unbegun = period.months - begun;
  const months = Math.min(taken, unbegun);
  const { credits: takenCredits, lessLeft: creditsLess } = creditsOfMonths(period, plan, { begun, months });
  const { planId, invoiceId, paymentId } = period;
  const rest: UnplacedPeriod[] =
    unbegun === months
      ? []
      : [{ id: restId, planId, months: unbegun - months, invoiceId, paymentId, creditsLess }];
  // A plan that costs nothing was not paid, so nothing of it is kept.
  return {
    ended: { ...period, months: begun, endsAt: now },
    rest: plan.priceAmount === 0 ? [] : rest,
    takenCredits,
  };
}
