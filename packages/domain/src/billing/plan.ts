import type { Plan, PlanCycle } from '../plans.ts';

/** How many months a cycle has. */
export const monthsOfCycle = { monthly: 1, annual: 12 } as const satisfies Record<PlanCycle, number>;

/** What of a plan decides what it costs and when a paid period of it begins. */
export type BilledPlan = Pick<
  Plan,
  'id' | 'priceAmount' | 'currency' | 'cycle' | 'includedCredits' | 'rolloverCreditsMax' | 'graceDays'
>;

/** Whether a plan costs less a month than another. Prices of two currencies are compared by their credits. */
export function isCheaper(plan: BilledPlan, other: BilledPlan): boolean {
  if (plan.currency !== other.currency) return plan.includedCredits < other.includedCredits;
  const [left, right] = [BigInt(plan.priceAmount), BigInt(other.priceAmount)];
  return left * BigInt(monthsOfCycle[other.cycle]) < right * BigInt(monthsOfCycle[plan.cycle]);
}
