import { getAccount } from '@tenantry/db/account/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { getSubscription as findSubscription } from '@tenantry/db/subscription/queries';
import { freeMonthsAt } from '@tenantry/domain/billing/free';
import type { PaidPeriod } from '@tenantry/domain/billing/period';
import { freeMonths, isFree } from '@tenantry/domain/billing/plan';
import type { Plan } from '@tenantry/domain/plans';
import { computedStatus, standing } from '@tenantry/domain/standing';
import type { Context } from '../context.ts';
import { planView } from '../plan/view.ts';

/** The account's subscription, with its status, standing and periods at the time of the call. */
export async function getSubscription({ tx, now }: Pick<Context, 'tx' | 'now'>) {
  const [account, subscription] = [await getAccount(tx), await findSubscription(tx)];
  const { planId, running, following, ...facts } = subscription;
  const plan = await getPlan(tx, planId);
  const isPaid = facts.status !== 'trialing' && facts.status !== 'pending_payment';
  const [next] = following;
  const nextPlan = next === undefined ? undefined : await getPlan(tx, next.planId);
  const shown = isPaid
    ? shownPeriod(running, plan, now)
    : { startsAt: facts.periodStart, endsAt: facts.periodEnd };
  // Behind the last period that was paid a plan may follow that costs nothing.
  const free = [running, ...following].find((period) => period.months === freeMonths);
  const paidThrough = free === undefined ? facts.paidThrough : free === running ? null : free.startsAt;
  return {
    ...facts,
    periodStart: shown.startsAt,
    periodEnd: shown.endsAt,
    plan: planView(plan),
    status: computedStatus(subscription, plan.graceDays, now),
    standing: standing(account, subscription, plan, now),
    paidThrough: isPaid ? paidThrough : null,
    next:
      next === undefined || nextPlan === undefined
        ? null
        : {
            planSlug: nextPlan.slug,
            periodStart: next.startsAt,
            periodEnd: shownPeriod(next, nextPlan, next.startsAt).endsAt,
          },
  };
}

/** A period as a client sees it: of a plan that costs nothing the month that runs. */
function shownPeriod(period: PaidPeriod, plan: Plan, now: Date): { startsAt: Date; endsAt: Date } {
  return isFree(plan) ? freeMonthsAt(period, now)[0] : period;
}
