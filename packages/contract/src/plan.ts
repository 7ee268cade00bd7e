import { defaultThrottleRates, ownNamePattern, planCycles, throttleScopes } from '@tenantry/domain/plans';
import { z } from 'zod';
import { count, credits } from './fields.ts';
import { money } from './money.ts';
import { named } from './named.ts';

/** A name of a feature or of a limit: a built-in one or one that the catalogue declares. */
export const ownName = z.string().regex(ownNamePattern);

/** One version of a plan as anybody sees it. */
export const plan = named(
  'Plan',
  'A version of a plan.',
  z.object({
    slug: z.string().describe('The name that calls use.'),
    version: z
      .int()
      .min(1)
      .max(2_147_483_647)
      .describe('The version; a subscription keeps the one it was sold.'),
    name: z.string().describe('The name that people read.'),
    price: money.describe('The price of one cycle.'),
    cycle: z.enum(planCycles).describe('How often it is paid.'),
    includedCredits: credits.describe('The credits of each month.'),
    rolloverCreditsMax: credits.describe('The most credits of an ended month that the next one keeps.'),
    purchaseDays: count.nullable().describe('After how many days purchased credits end; null for never.'),
    limits: z
      .object({
        usersMax: count.describe('The most members.'),
        sitesMax: count.describe('The most sites.'),
        sectorsPerSiteMax: count.describe('The most sectors of a site.'),
        apiKeysMax: count.describe('The most API keys.'),
      })
      .describe('How many of each thing the account may have.'),
    ownLimits: z
      .record(ownName, count)
      .describe("The most of each thing that the product's own catalogue limits, by the name of the limit."),
    features: z
      .array(ownName)
      .describe("What the plan includes: built-in features, and those of the product's own catalogue."),
    throttleRates: z
      .record(z.enum(throttleScopes), z.int().min(1))
      .describe('How many calls a minute the account may make, by the kind of call.'),
    trialDays: count.describe('For how many days it can be tried; 0 for none.'),
    graceDays: count.describe('For how many days after an unpaid period the account still works.'),
  }),
  {
    slug: 'growth',
    version: 1,
    name: 'Growth',
    price: { amount: 8900, currency: 'USD' },
    cycle: 'monthly',
    includedCredits: 20_000,
    rolloverCreditsMax: 0,
    purchaseDays: null,
    limits: { usersMax: 10, sitesMax: 10, sectorsPerSiteMax: 5, apiKeysMax: 20 },
    ownLimits: { projects: 10 },
    features: ['sites', 'operations', 'exports'],
    throttleRates: defaultThrottleRates,
    trialDays: 0,
    graceDays: 7,
  },
);
