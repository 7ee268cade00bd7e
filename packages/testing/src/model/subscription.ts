import { endGrants, limitPlanGrants, setPlanGrant } from './grants.ts';
import { type Model, type ModelMonth, type ModelSubscription, creditsMax } from './model.ts';
import type { ModelPlan } from './plans.ts';
import { monthEnd, monthStart } from './time.ts';

/** What a purchase cannot know beforehand: the id of its period, and those of its grants by their reference. */
export interface PurchaseIds {
  bought: string;
  grants: Readonly<Record<string, string>>;
}

const day = 86_400_000;

/**
 * Pays for one period of a plan now. Months are beads on a string: a payment adds beads behind the last one whose plan
 * costs as much. An upgrade, which takes the place of what runs, belongs to the model of the subscription. False, and
 * nothing changes, when the books could not count the credits.
 */
export function activatePlan(model: Model, plan: ModelPlan, ids: PurchaseIds): boolean {
  const { subscription, now } = model;
  const next = boughtMonths(subscription, plan, ids, now);
  const begun = next.months.slice(next.begun).filter((_month, index) => startOf(next, index) <= now);
  const amount = begun.reduce((sum, month) => sum + BigInt(month.plan.credits), 0n);
  if (model.granted + amount > creditsMax) return false;
  for (const month of begun) beginMonth(model, next, month, ids);
  // Whoever pays late in a long grace has paid for a month that is over.
  endGrants(model);
  const following = next.begun < next.months.length ? monthStart(next, next.begun) : undefined;
  if (following !== undefined) limitPlanGrants(model, following);
  model.subscription = next;
  return true;
}

const startOf = (subscription: ModelSubscription, index: number) =>
  monthStart(subscription, subscription.begun + index);

function beginMonth(model: Model, subscription: ModelSubscription, month: ModelMonth, ids: PurchaseIds) {
  const number = subscription.begun;
  const id = ids.grants[month.reference] ?? month.reference;
  const rolloverMax = BigInt(subscription.months[number - 1]?.plan.rolloverMax ?? 0);
  const amount = BigInt(month.plan.credits);
  setPlanGrant(model, { id, amount, endsAt: monthEnd(subscription, number), rolloverMax });
  subscription.begun += 1;
}

/** The months after a payment; those that it buys have not begun. */
function boughtMonths(
  paid: ModelSubscription,
  plan: ModelPlan,
  { bought }: PurchaseIds,
  now: number,
): ModelSubscription {
  const { months, begun } = paid;
  const added = monthsOf(plan, bought, plan.cycle === 'annual' ? 12 : 1);
  const running = months[begun - 1];
  const [past, coming] = [months.slice(0, begun), months.slice(begun)];
  const restart = { anchor: now, base: begun, begun };
  if (running === undefined || now >= monthStart(paid, months.length) + running.plan.graceDays * day)
    return { ...restart, months: [...past, ...added] };
  const own = coming.filter(({ period }) => period === running.period);
  const following = coming.slice(own.length);
  const before = following.filter((month) => monthPrice(month.plan) >= monthPrice(plan));
  const behind = following.slice(before.length);
  return { ...paid, months: [...past, ...own, ...before, ...added, ...behind] };
}

function monthsOf(plan: ModelPlan, period: string, count: number): ModelMonth[] {
  return Array.from({ length: count }, (_, number) => ({
    plan,
    period,
    reference: number === 0 ? `period:${period}` : `period:${period}:${number}`,
  }));
}

const monthPrice = ({ price, cycle }: ModelPlan) => (cycle === 'annual' ? price / 12 : price);
