import { setPlanGrant } from './grants.ts';
import type { Model } from './model.ts';
import type { ModelPlan } from './plans.ts';
import { addMonths } from './time.ts';

/**
 * Begins a paid period of a plan now, or after the running one where that is of the same plan. `grantId` is the grant of
 * its credits. False, and nothing changes, when a period with credits began at the same time or the books could not
 * count its credits.
 */
export function activatePlan(model: Model, plan: ModelPlan, grantId: string): boolean {
  const { now, subscription, periods } = model;
  const amount = BigInt(plan.credits);
  if (amount > 0n && periods.has(now)) return false;
  const renews = subscription.isActive && subscription.planId === plan.id && now < subscription.endsAt;
  const endsAt = addMonths(renews ? subscription.endsAt : now, plan.cycle === 'monthly' ? 1 : 12);
  const creditsEndAt = plan.cycle === 'monthly' ? endsAt : addMonths(now, 1);
  const { rolloverMax } = subscription;
  if (!setPlanGrant(model, { id: grantId, amount, endsAt: creditsEndAt, rolloverMax })) return false;
  if (amount > 0n) periods.add(now);
  const ownRollover = BigInt(plan.rolloverMax);
  model.subscription = { planId: plan.id, isActive: true, endsAt, rolloverMax: ownRollover };
  const year = { start: now, end: endsAt, credits: amount, rolloverMax: ownRollover, next: 1 };
  model.year = plan.cycle === 'annual' ? year : null;
  return true;
}
