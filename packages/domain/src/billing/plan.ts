import type { Plan, PlanCycle } from '../plans.ts';

/** How many months a cycle has. */
export const monthsOfCycle = { monthly: 1, annual: 12 } as const satisfies Record<PlanCycle, number>;

/**
 * How many months a period of a plan that costs nothing has. Nobody pays for the next one, so it goes on by itself until
 * another plan takes its place or it is cancelled.
 */
export const freeMonths = 1200;

/** Whether a plan costs nothing. */
export const isFree = ({ priceAmount }: Pick<Plan, 'priceAmount'>): boolean => priceAmount === 0;

/** How many months a period of a plan has. */
export function monthsOfPeriod(plan: Pick<Plan, 'priceAmount' | 'cycle'>): number {
  return isFree(plan) ? freeMonths : monthsOfCycle[plan.cycle];
}

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
