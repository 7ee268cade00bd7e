import type { Money } from '../money.ts';
import type { Subscription } from '../standing.ts';
import { addDays, addMonths } from '../time.ts';
import { continues } from './buy.ts';
import { withoutFree } from './free.ts';
import { type PaidPeriods, paidThroughOf, placePeriods } from './period.ts';
import { type BilledPlan, isCheaper, isFree, monthsOfCycle } from './plan.ts';
import { type UnusedPart, unusedPart } from './unused.ts';

/** A subscription that asks for a plan, with the plan of a period and the unused credits of the running one. */
export interface AskingSubscription {
  current: PaidPeriods & Pick<Subscription, 'status'>;
  planOf: (planId: string) => BilledPlan;
  /** The plan credits that are left, less what the running plan lets roll over. */
  creditsLeft: number;
}

/** What a change of plan costs, when it takes effect, and what it brings. */
export interface Quote {
  /** An upgrade takes the place of the running period; anything else waits for its end, or begins when it is paid. */
  kind: 'subscription' | 'upgrade';
  /** When the plan begins; null where that is when the invoice is paid. */
  startsAt: Date | null;
  /** When its first period ends; null where it begins when it is paid, or goes on by itself. */
  endsAt: Date | null;
  price: Money;
  /** What of the running period is taken off the price. */
  unused: UnusedPart & { periodId: string };
  total: Money;
  /** The most credits of its first month: those that are taken off the price and spent before the payment are missing. */
  credits: number;
  dueAt: Date;
}

/**
 * Computes what it costs to change to a plan at `now`, or to buy the next period of the same. A plan that costs more a
 * month than the running one, in the same currency, is an upgrade: it begins when it is paid. Every other plan begins at
 * the end of what was paid, while that runs and in grace, and else when it is paid. `paymentDays` is how many days there
 * are to pay where no period begins earlier. A plan that costs nothing is not paid: it begins when the paid time is over, or
 * now, and gives way to any other at once. The next period of the same plan is a renewal, whatever its version costs.
 */
export function quotePlan(
  { current: asking, planOf, creditsLeft }: AskingSubscription,
  next: BilledPlan,
  { now, paymentDays, isRenewal }: { now: Date; paymentDays: number; isRenewal: boolean },
): Quote {
  const current = withoutFree(asking, planOf);
  const { running, following } = current;
  const plan = planOf(running.planId);
  const price = { amount: next.priceAmount, currency: next.currency };
  const latest = addDays(now, paymentDays);
  const isUpgrade = !isRenewal && continues(current, plan, now) && takesPlace(current, planOf, next, now);
  const part = isUpgrade
    ? unusedPart({ period: running, plan, creditsLeft }, next, now)
    : { credits: 0, months: 0, amount: 0 };
  const quote = {
    price,
    unused: { ...part, periodId: running.id },
    total: { ...price, amount: price.amount - part.amount },
    credits: next.includedCredits,
  };
  if (isUpgrade) {
    const dueAt = running.endsAt < latest ? running.endsAt : latest;
    return { kind: 'upgrade', startsAt: null, endsAt: null, dueAt, ...quote };
  }
  if (isFree(next)) {
    const startsAt = continues(current, plan, now) ? paidThroughOf({ running, following }) : now;
    return { kind: 'subscription', startsAt, endsAt: null, dueAt: startsAt, ...quote };
  }
  if (!continues(current, plan, now))
    return { kind: 'subscription', startsAt: null, endsAt: null, dueAt: latest, ...quote };
  const startsAt = paidThroughOf({ running, following });
  return {
    kind: 'subscription',
    startsAt,
    endsAt: endOfNext(current, next),
    dueAt: startsAt > now ? startsAt : latest,
    ...quote,
  };
}

/** Whether a plan takes the place of the running period: that costs nothing, or less in the same currency, and nothing that was paid ahead costs more still. */
function takesPlace(
  { running, following }: PaidPeriods,
  planOf: (planId: string) => BilledPlan,
  next: BilledPlan,
  now: Date,
): boolean {
  const plan = planOf(running.planId);
  const isSameMoney = plan.currency === next.currency;
  const isBetter = isFree(plan) ? !isFree(next) : isSameMoney && isCheaper(plan, next);
  return isBetter && now < running.endsAt && !following.some(({ planId }) => isCheaper(next, planOf(planId)));
}

/** When the period ends that is bought behind everything that was paid. */
function endOfNext({ running, following }: PaidPeriods, { id: planId, cycle }: BilledPlan): Date {
  const { anchorAt, endsAt } = following.at(-1) ?? running;
  const months = monthsOfCycle[cycle];
  const [placed] = placePeriods(anchorAt, endsAt, [
    { id: 'next', planId, months, invoiceId: null, paymentId: null, creditsLess: 0 },
  ]);
  return placed?.endsAt ?? addMonths(endsAt, months);
}
