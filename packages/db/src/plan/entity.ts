import { defineEntity, p } from '@mikro-orm/core';
import type { Plan as PlanFacts, PlanCycle, PlanState, ThrottleRates } from '@tenantry/domain/plans';

const PlanSchema = defineEntity({
  name: 'Plan',
  tableName: 'plan',
  properties: {
    id: p.uuid().primary(),
    slug: p.text(),
    planVersion: p.integer(),
    name: p.text(),
    state: p.text().$type<PlanState>(),
    internal: p.boolean(),
    priceAmount: p.bigint('number'),
    currency: p.text(),
    cycle: p.text().$type<PlanCycle>(),
    includedCredits: p.bigint('number'),
    rolloverCreditsMax: p.bigint('number'),
    purchaseDays: p.integer().nullable(),
    usersMax: p.integer(),
    sitesMax: p.integer(),
    sectorsPerSiteMax: p.integer(),
    apiKeysMax: p.integer(),
    features: p.json<string[]>(),
    ownLimits: p.json<Record<string, number>>(),
    throttleRates: p.json<ThrottleRates>(),
    trialDays: p.integer(),
    graceDays: p.integer(),
    renewsAs: p.uuid().nullable(),
    createdAt: p.datetime().nullable(),
  },
});
/** One version of a plan; reference data without an account. */
export class Plan extends PlanSchema.class {}
PlanSchema.setClass(Plan);

/** A plan row as the rules know it. */
export function planFacts(row: Plan): PlanFacts {
  const {
    usersMax,
    sitesMax,
    sectorsPerSiteMax,
    apiKeysMax,
    planVersion,
    renewsAs: _renewsAs,
    createdAt: _createdAt,
    purchaseDays = null,
    ...rest
  } = row;
  return {
    ...rest,
    purchaseDays,
    version: planVersion,
    limits: { usersMax, sitesMax, sectorsPerSiteMax, apiKeysMax },
  };
}
