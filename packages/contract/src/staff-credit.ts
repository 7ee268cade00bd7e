import { grantKinds } from '@tenantry/domain/credit/books';
import { entryKinds } from '@tenantry/domain/credit/ledger';
import { proposalStatuses } from '@tenantry/domain/credit/proposal';
import { z } from 'zod';
import { creditBalance } from './credit-balance.ts';
import { creditEntry } from './credit-entry.ts';
import { amount, credits, id, lineOf, moment, reason, text, time, uuid } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { pageFields } from './page.ts';
import { staffAccountInput } from './staff-account.ts';
import { usageFields } from './usage.ts';

/** The most credits that staff give or take at once. */
const adjustmentMax = 1_000_000_000;

/** What staff may give: everything but the credits of a plan. */
const givenKinds = grantKinds.filter((kind) => kind !== 'plan');

export const staffCreditsInput = staffAccountInput.extend({
  at: moment.optional().describe('The time to answer for; without it now.'),
});

/** Which entries of the journal are asked for; all that are named must fit. */
export const staffEntriesInput = staffAccountInput.extend({
  ...pageFields,
  kind: z.enum(entryKinds).optional().describe('Entries of one kind alone.'),
  operation: text(100).optional().describe('Entries of one operation alone.'),
  siteId: id.optional().describe('Entries of work for one site alone.'),
  keyId: id.optional().describe('Entries that one API key made.'),
  from: moment.optional().describe('Entries of this time or later.'),
  to: moment.optional().describe('Entries before this time.'),
});

export const staffHoldsInput = staffAccountInput.extend({
  ...pageFields,
  open: z.boolean().default(false).describe('Whether holds that are resolved or have run out are left out.'),
});

export const staffUsageInput = staffAccountInput.extend(usageFields);

export const staffEntryInput = staffAccountInput.extend({ entryId: id.describe('The entry.') });

export const previewAdjustmentInput = staffAccountInput
  .extend({
    amount: z
      .int()
      .min(-adjustmentMax)
      .max(adjustmentMax)
      .refine((given) => given !== 0, 'moves nothing')
      .describe('The credits to give; below zero they are taken.'),
    kind: z.enum(givenKinds).default('adjustment').describe('What is given.'),
    expiresAt: moment.optional().describe('When what is given ends; without it never, or as the plan says.'),
  })
  .meta({ examples: [{ accountId: sample.accountId, amount: 500 }] });
export type PreviewAdjustmentInput = z.output<typeof previewAdjustmentInput>;

/** What a correction would make of the credits. */
export const adjustmentPreview = named(
  'AdjustmentPreview',
  'What a correction of credits would make of them. The correction itself computes the same.',
  z.object({
    before: creditBalance.describe('The credits now.'),
    after: creditBalance.describe('The credits after it.'),
    expiresAt: time
      .nullable()
      .describe('When what is given ends; null for never, and for credits that are taken.'),
    needsSecondApprover: z.boolean().describe('Whether another member of staff has to approve it.'),
    bound: credits.nullable().describe('Above how many credits one of them has to; null for never.'),
  }),
  {
    before: exampleOf(creditBalance),
    after: { ...exampleOf(creditBalance), granted: 5500, available: 4700 },
    expiresAt: null,
    needsSecondApprover: false,
    bound: 10_000,
  },
);

export const adjustCreditsInput = previewAdjustmentInput
  .extend({
    reason,
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

/** A correction of credits that waits for another member of staff, or was decided. */
export const creditProposal = named(
  'CreditProposal',
  'A correction of credits that one member of staff asks for and another one decides.',
  z.object({
    id: uuid.describe('The proposal.'),
    status: z.enum(proposalStatuses).describe('Whether it waits, and how it was decided.'),
    amount: z
      .int()
      .min(-adjustmentMax)
      .max(adjustmentMax)
      .describe('The credits to give; below zero they are taken.'),
    kind: z.enum(givenKinds).describe('What is given.'),
    reason: z.string().describe('Why.'),
    reference: z
      .string()
      .nullable()
      .describe('What makes it the only correction of its cause; null for none.'),
    expiresAt: time.nullable().describe('When what is given ends; null for never, or as the plan says.'),
    proposedBy: z.string().describe('Who asked for it.'),
    proposedAt: time.describe('When.'),
    decidedBy: z.string().nullable().describe('Who decided it; null while it waits.'),
    decidedAt: time.nullable().describe('When; null while it waits.'),
    decision: z.string().nullable().describe('Why it was decided so; null while it waits.'),
    entryId: uuid.nullable().describe('The entry of the ledger that it made; null while it made none.'),
  }),
  {
    id: sample.deliveryId,
    status: 'waiting',
    amount: 50_000,
    kind: 'adjustment',
    reason: 'Outage of 28 February.',
    reference: null,
    expiresAt: null,
    proposedBy: `staff:${sample.staffId}`,
    proposedAt: sample.createdAt,
    decidedBy: null,
    decidedAt: null,
    decision: null,
    entryId: null,
  },
);

export const listProposalsInput = staffAccountInput.extend({
  ...pageFields,
  status: z.enum(proposalStatuses).optional().describe('Those of one status alone.'),
});
export type ListProposalsInput = z.output<typeof listProposalsInput>;

export const decideProposalInput = staffAccountInput
  .extend({ proposalId: id.describe('The proposal.'), reason })
  .meta({
    examples: [
      { accountId: sample.accountId, proposalId: sample.deliveryId, reason: 'Checked against the incident.' },
    ],
  });
export type DecideProposalInput = z.output<typeof decideProposalInput>;
