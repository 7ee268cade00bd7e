import { usageDimensions } from '@tenantry/domain/usage/range';
import { z } from 'zod';
import { id, moment, signedCredits, text, units } from './fields.ts';
import { named } from './named.ts';
import { pageFields } from './page.ts';

/** What was spent in one group. */
export const usage = named(
  'Usage',
  'What was spent in one group.',
  z.object({
    group: z
      .string()
      .nullable()
      .describe('A UTC day such as 2026-03-01, an operation, or the id of a site or key; null for none.'),
    spent: signedCredits.describe(
      'Charges less corrections; below zero where only a correction is in range.',
    ),
    reported: signedCredits.describe('The part of it that was reported, or has replaced an estimate.'),
    estimated: signedCredits.describe(
      'The part of it that is estimated; below zero where an estimate from before the range was replaced in it.',
    ),
    charges: units.describe('How many charges there were.'),
  }),
  { group: '2026-03-01', spent: 680, reported: 600, estimated: 80, charges: 9 },
);

/** What usage is asked for: summed by what, over which time, and of what alone. */
export const usageFields = {
  ...pageFields,
  by: z.enum(usageDimensions).default('day').describe('What usage is summed by.'),
  from: moment.optional().describe('The start of the range; without it 30 days before its end.'),
  to: moment.optional().describe('The end of the range, which is not part of it; without it now.'),
  operation: text(100).optional().describe('The one operation to sum.'),
  siteId: id.optional().describe('The one site to sum.'),
  keyId: id.optional().describe('The one API key to sum.'),
};

export const listUsageInput = z.strictObject(usageFields).prefault({});
export type ListUsageInput = z.output<typeof listUsageInput>;
