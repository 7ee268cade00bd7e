import { planCycles, planStates } from '@tenantry/domain/plans';
import { z } from 'zod';
import { count, credits, time } from './fields.ts';
import { money } from './money.ts';
import { named, sample } from './named.ts';

const planVersion = z.object({
  version: count.min(1).describe('The version; a subscription keeps the one that it was sold.'),
  name: z.string().describe('The name that people read.'),
  state: z
    .enum(planStates)
    .describe('`listed` is sold, `unlisted` works for who has it, `withdrawn` stops at once.'),
  internal: z.boolean().describe('Whether no customer can choose it.'),
  price: money.describe('The price of one cycle.'),
  cycle: z.enum(planCycles).describe('How often it is paid.'),
  credits: credits.describe('The credits of each month.'),
  renewsAs: count.min(1).nullable().describe('The version that its accounts renew; null for itself.'),
  createdAt: time
    .nullable()
    .describe('Since when there is the version; null where that was not written down.'),
  accounts: count.describe('How many accounts are on it now, whatever their standing.'),
});

/** A plan with its versions, as staff see it. */
export const planOfStaff = named(
  'StaffPlan',
  'A plan with all of its versions, and how many accounts are on each.',
  z.object({
    slug: z.string().describe('The name that calls use.'),
    accounts: count.describe('How many accounts are on a version of it now.'),
    versions: z.array(planVersion).describe('Its versions, newest first.'),
  }),
  {
    slug: 'growth',
    accounts: 12,
    versions: [
      {
        version: 1,
        name: 'Growth',
        state: 'listed',
        internal: false,
        price: { amount: 8900, currency: 'USD' },
        cycle: 'monthly',
        credits: 20_000,
        renewsAs: null,
        createdAt: sample.createdAt,
        accounts: 12,
      },
    ],
  },
);
