import { type Refusal, refuse } from './refusals.ts';

export const planStates = ['listed', 'unlisted', 'withdrawn'] as const;
export type PlanState = (typeof planStates)[number];

/** The plan of a registration that names none. */
export const trialSlug = 'trial';

/** How often a plan is paid. */
export const planCycles = ['monthly', 'annual'] as const;
export type PlanCycle = (typeof planCycles)[number];

/** What a plan may include besides its limits: the built-in features, which the terms of procedures name. */
export const features = ['sites', 'operations'] as const;
export type Feature = (typeof features)[number];

/** The names of the built-in limits, as a catalogue and a client write them. */
export const limitNames = ['users', 'sites', 'sectorsPerSite', 'apiKeys'] as const;
export type LimitName = (typeof limitNames)[number];

/** The form of the names of features and limits that a catalogue declares. A constraint of the table `plan` has it too. */
export const ownNamePattern = /^[a-z][a-zA-Z0-9_-]{0,49}$/;

/** Kinds of calls that are counted apart from each other. */
export const throttleScopes = [
  'auth',
  'auth_strict',
  'content_read',
  'content_write',
  'credit_hold',
  'credit_settle',
  'ai_function',
  'billing',
  'default',
] as const;
export type ThrottleScope = (typeof throttleScopes)[number];

/** Calls a minute for each scope; the audited product's rates are the defaults. */
export type ThrottleRates = Record<ThrottleScope, number>;
export const defaultThrottleRates: ThrottleRates = {
  auth: 20,
  auth_strict: 5,
  content_read: 100,
  content_write: 30,
  credit_hold: 60,
  credit_settle: 1920,
  ai_function: 10,
  billing: 30,
  default: 100,
};

/**
 * The least rate of `credit_settle`, as a multiple of the rate of `credit_hold`, so that whoever may hold may settle. The
 * holds of 16 minutes, the default life of a hold and one window, may be resolved within one minute, each by a settle and
 * a true-up. The migration that adds the two scopes has the same number in its constraint.
 */
export const settlesPerHoldMin = 32;

/** What is wrong with the rates of a plan, as sentences. No plan with a fault can be stored. */
export function faultsOfThrottleRates(rates: Readonly<Partial<Record<ThrottleScope, number>>>): string[] {
  const missing = throttleScopes.filter((scope) => {
    const rate = rates[scope];
    return rate === undefined || !Number.isSafeInteger(rate) || rate < 1;
  });
  if (missing.length > 0)
    return missing.map((scope) => `The rate of ${scope} is not a whole number of at least 1.`);
  const { credit_hold: holds = 0, credit_settle: settles = 0 } = rates;
  const settlesMin = settlesPerHoldMin * holds;
  return settles >= settlesMin
    ? []
    : [`The rate of credit_settle is ${settles}, and with ${holds} holds a minute it must be ${settlesMin}.`];
}

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
  cycle: PlanCycle;
  /** Credits of each month. */
  includedCredits: number;
  /** The most credits of an ended month that the next one keeps; 0 for none. */
  rolloverCreditsMax: number;
  /** After how many days purchased credits end; null for never. */
  purchaseDays: number | null;
  limits: PlanLimits;
  /** The limits that the catalogue declares: the most of each that an account may have, by name. */
  ownLimits: Readonly<Record<string, number>>;
  /** Names of built-in features and of those that the catalogue declares. */
  features: readonly string[];
  throttleRates: ThrottleRates;
  trialDays: number;
  graceDays: number;
}

/**
 * The most of each thing that a plan allows, by the name of the limit: the built-in ones, those of `declared` that the
 * plan says nothing about, of which it allows none, and its own.
 */
export function limitsOf(
  { limits, ownLimits }: Pick<Plan, 'limits' | 'ownLimits'>,
  declared: readonly string[] = [],
): ReadonlyMap<string, number> {
  const builtIn: Record<LimitName, number> = {
    users: limits.usersMax,
    sites: limits.sitesMax,
    sectorsPerSite: limits.sectorsPerSiteMax,
    apiKeys: limits.apiKeysMax,
  };
  const none = declared.map((name): [string, number] => [name, 0]);
  return new Map([...none, ...Object.entries(ownLimits), ...Object.entries(builtIn)]);
}

/** Refuses one more of something that the plan limits by name. A name that the plan does not have allows none. */
export function refusalIfNamedLimitReached(
  plan: Pick<Plan, 'limits' | 'ownLimits'>,
  name: string,
  used: number,
): Refusal<'plan_limit_reached'> | undefined {
  return refusalIfLimitReached(used, limitsOf(plan).get(name) ?? 0);
}

/** Refuses one more of something that the plan limits. Asked with the account row locked. */
export function refusalIfLimitReached(
  used: number,
  limit: number,
): Refusal<'plan_limit_reached'> | undefined {
  return used < limit ? undefined : refuse('plan_limit_reached', { limit, used });
}
