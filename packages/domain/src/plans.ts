import { type Refusal, refuse } from './refusals.ts';

export type PlanState = 'listed' | 'unlisted' | 'withdrawn';
export type ThrottleScope =
  | 'auth'
  | 'auth_strict'
  | 'content_read'
  | 'content_write'
  | 'ai_function'
  | 'billing'
  | 'default';

/** Calls a minute for each scope; the audited product's rates are the defaults. */
export type ThrottleRates = Record<ThrottleScope, number>;
export const defaultThrottleRates: ThrottleRates = {
  auth: 20,
  auth_strict: 5,
  content_read: 100,
  content_write: 30,
  ai_function: 10,
  billing: 30,
  default: 100,
};

/** Numeric limits of a plan version. */
export interface PlanLimits {
  usersMax: number;
  sitesMax: number;
  sectorsPerSiteMax: number;
  apiKeysMax: number;
}

/** One version of a plan; a subscription points at the version it was sold with. */
export interface Plan {
  id: string;
  slug: string;
  version: number;
  name: string;
  state: PlanState;
  internal: boolean;
  priceAmount: number;
  currency: string;
  cycle: 'monthly' | 'annual';
  /** Credits of each month. */
  includedCredits: number;
  /** The most credits of an ended month that the next one keeps; 0 for none. */
  rolloverCreditsMax: number;
  /** After how many days purchased credits end; null for never. */
  purchaseDays: number | null;
  limits: PlanLimits;
  features: readonly string[];
  throttleRates: ThrottleRates;
  trialDays: number;
  graceDays: number;
}

/** Whether one more of something fits the plan. Asked with the account row locked. */
export function fitsLimit(used: number, limit: number): Refusal<'plan_limit_reached'> | undefined {
  return used < limit ? undefined : refuse('plan_limit_reached', { limit, used });
}
