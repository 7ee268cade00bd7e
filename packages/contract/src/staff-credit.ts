import { grantKinds } from '@tenantry/domain/credit/books';
import { z } from 'zod';
import { creditBalance } from './credit-balance.ts';
import { creditEntry } from './credit-entry.ts';
import { amount, id, lineOf, moment, reason } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { pageFields } from './page.ts';
import { staffAccountInput } from './staff-account.ts';

/** The most credits that staff give or take at once. */
const adjustmentMax = 1_000_000_000;

/** What staff may give: everything but the credits of a plan. */
const givenKinds = grantKinds.filter((kind) => kind !== 'plan');

export const staffCreditsInput = staffAccountInput.extend({
  at: moment.optional().describe('The time to answer for; without it now.'),
});

export const staffEntriesInput = staffAccountInput.extend(pageFields);

export const staffEntryInput = staffAccountInput.extend({ entryId: id.describe('The entry.') });

export const adjustCreditsInput = staffAccountInput
  .extend({
    amount: z
      .int()
      .min(-adjustmentMax)
      .max(adjustmentMax)
      .refine((given) => given !== 0, 'moves nothing')
      .describe('The credits to give; below zero they are taken.'),
    reason,
    kind: z.enum(givenKinds).default('adjustment').describe('What is given.'),
    expiresAt: moment.optional().describe('When what is given ends; without it never, or as the plan says.'),
    reference: lineOf(100).optional().describe('What makes it the only correction of its cause.'),
  })
  .meta({ examples: [{ accountId: sample.accountId, amount: 500, reason: 'Outage of 28 February.' }] });
export type AdjustCreditsInput = z.output<typeof adjustCreditsInput>;

export const reverseChargeInput = staffEntryInput
  .extend({
    amount: amount.optional().describe('The credits to give back; without it all that is left.'),
    reason,
  })
  .meta({
    examples: [{ accountId: sample.accountId, entryId: sample.entryId, reason: 'The output was empty.' }],
  });
export type ReverseChargeInput = z.output<typeof reverseChargeInput>;

/** A correction of the books, with what it leaves. */
export const creditCorrection = named(
  'CreditCorrection',
  'A correction with the credits that it leaves.',
  z.object({
    entry: creditEntry.describe('The entry that the correction is.'),
    credits: creditBalance.describe('The credits after it.'),
  }),
  { entry: { ...exampleOf(creditEntry), kind: 'adjustment' }, credits: exampleOf(creditBalance) },
);
