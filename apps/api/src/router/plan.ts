import { listPlans } from '@tenantry/services/plan/list';
import { z } from 'zod';
import { flowOf } from '../flow-of.ts';
import { openProcedure, router } from '../procedure.ts';
import { listOf, money, nothing } from '@tenantry/rest/schemas';

export const planOutput = z.object({
  slug: z.string(),
  version: z.int(),
  name: z.string(),
  price: money,
  cycle: z.enum(['monthly', 'annual']),
  includedCredits: z.int(),
  rolloverCreditsMax: z.int(),
  purchaseDays: z.int().nullable(),
  limits: z.object({
    usersMax: z.int(),
    sitesMax: z.int(),
    sectorsPerSiteMax: z.int(),
    apiKeysMax: z.int(),
  }),
  features: z.array(z.string()),
  trialDays: z.int(),
  graceDays: z.int(),
});

export const planRouter = router({
  list: openProcedure(
    { throttle: 'default' },
    { method: 'GET', path: '/plans', tags: ['plan'], summary: 'The plans on offer' },
  )
    .input(nothing)
    .output(listOf(planOutput))
    .query(({ ctx }) => listPlans(flowOf(ctx))),
});
