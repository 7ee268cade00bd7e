import { defaultThrottleRates, throttleScopes } from '@tenantry/domain/plans';
import { z } from 'zod';
import { count, credits } from './fields.ts';
import { exampleOf, named } from './named.ts';
import { ownName, plan } from './plan.ts';
import { standing } from './subscription.ts';

const limit = z.object({
  max: count.describe('The most that the plan allows.'),
  used: count
    .nullable()
    .describe(
      "How many there are. Null for the limits of the product's own catalogue, which the product counts, and for a caller who is limited to sites.",
    ),
});

/** The plan of an account, as a gate of the product reads it. */
export const planReference = plan.pick({ slug: true, version: true, name: true });

/** What an account may do. */
export const entitlements = named(
  'Entitlements',
  'What the account may do now by its plan.',
  z.object({
    plan: planReference.describe('The plan that runs.'),
    standing: standing.describe('What the account may do now.'),
    features: z
      .record(ownName, z.boolean())
      .describe("Whether the plan includes each feature, those of the product's own catalogue included."),
    limits: z
      .record(ownName, limit)
      .describe(
        "Each limit by its name: `users`, `sites`, `sectorsPerSite`, `apiKeys`, and those of the product's own catalogue.",
      ),
    throttle: z
      .record(z.enum(throttleScopes), z.int().min(1))
      .describe('How many calls a minute the account may make, by the kind of call.'),
    credits: z
      .object({ available: credits.describe('The credits that can be held or spent now.') })
      .describe('The credits.'),
    overLimits: z
      .array(ownName)
      .describe(
        'The limits of which more is used than the plan allows: it keeps working, and nothing is added.',
      ),
  }),
  {
    plan: { slug: 'growth', version: 1, name: 'Growth' },
    standing: exampleOf(standing),
    features: { sites: true, operations: true, exports: true },
    limits: {
      users: { max: 10, used: 3 },
      sites: { max: 10, used: 2 },
      sectorsPerSite: { max: 5, used: 4 },
      apiKeys: { max: 20, used: 1 },
      projects: { max: 10, used: null },
    },
    throttle: defaultThrottleRates,
    credits: { available: 4200 },
    overLimits: [],
  },
);
