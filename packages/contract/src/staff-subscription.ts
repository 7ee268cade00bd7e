import { extensionDaysMax } from '@tenantry/domain/billing/extend';
import { z } from 'zod';
import { credits, paymentMethod, reason, time } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { staffAccountInput } from './staff-account.ts';
import { changeSubscriptionInput, standing } from './subscription.ts';

export const staffPreviewPlanInput = staffAccountInput.extend(changeSubscriptionInput.shape).meta({
  examples: [{ accountId: sample.accountId, planSlug: 'growth', paymentMethod: 'bank_transfer' }],
});

export const staffChangePlanInput = staffPreviewPlanInput.extend({ reason }).meta({
  examples: [
    {
      accountId: sample.accountId,
      planSlug: 'growth',
      paymentMethod: 'bank_transfer',
      reason: 'Asked for by phone.',
    },
  ],
});
export type StaffChangePlanInput = z.output<typeof staffChangePlanInput>;

export const staffPaymentMethodInput = staffAccountInput
  .extend({ paymentMethod: paymentMethod.describe('How the account pays from now on.'), reason })
  .meta({
    examples: [
      {
        accountId: sample.accountId,
        paymentMethod: 'bank_transfer',
        reason: 'They have no card any more.',
      },
    ],
  });
export type StaffPaymentMethodInput = z.output<typeof staffPaymentMethodInput>;

/** More time without a payment. */
export const subscriptionExtension = named(
  'SubscriptionExtension',
  'More days of a trial or of grace, and what they bring.',
  z.object({
    kind: z.enum(['trial', 'grace']).describe('What is longer.'),
    from: time.describe('When it would end, or has ended, without them.'),
    until: time.describe('When it ends with them.'),
    standing: standing.describe('What the account may do then.'),
    planCredits: credits.describe('The credits of the plan that stay usable until then.'),
  }),
  {
    kind: 'grace',
    from: sample.createdAt,
    until: sample.expiresAt,
    standing: { ...exampleOf(standing), state: 'grace' },
    planCredits: 1200,
  },
);

export const previewExtensionInput = staffAccountInput
  .extend({ days: z.int().min(1).max(extensionDaysMax).describe('How many days to add.') })
  .meta({ examples: [{ accountId: sample.accountId, days: 7 }] });
export type PreviewExtensionInput = z.output<typeof previewExtensionInput>;

export const extendSubscriptionInput = previewExtensionInput.extend({ reason }).meta({
  examples: [{ accountId: sample.accountId, days: 7, reason: 'Their bank is closed until Monday.' }],
});
export type ExtendSubscriptionInput = z.output<typeof extendSubscriptionInput>;
