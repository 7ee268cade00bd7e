import { standingCodes, standingStates, subscriptionStatuses } from '@tenantry/domain/standing';
import { z } from 'zod';
import { paymentMethod, slug, time, uuid } from './fields.ts';
import { invoice } from './invoice.ts';
import { exampleOf, named, sample } from './named.ts';
import { plan } from './plan.ts';

export const subscriptionStatus = z.enum(subscriptionStatuses);

/** What an account may do now. */
export const standing = named(
  'Standing',
  'What the account may do now, by its status, its payments and its plan.',
  z.object({
    state: z.enum(standingStates).describe('Whether it works, works for a while yet, or is refused.'),
    code: z.enum(standingCodes).nullable().describe('Why it is refused; null while it is not.'),
    until: time.nullable().describe('Until when the state lasts; null when time alone does not end it.'),
  }),
  { state: 'good', code: null, until: sample.expiresAt },
);

/** A paid period that has not begun. */
const paidPeriod = named(
  'PaidPeriod',
  'A period that was paid and has not begun.',
  z.object({
    planSlug: z.string().describe('The plan that it is of.'),
    periodStart: time.describe('When it begins, and its credits with it.'),
    periodEnd: time.describe('When it ends.'),
  }),
  { planSlug: 'growth', periodStart: '2026-04-01T09:30:00.000Z', periodEnd: '2026-05-01T09:30:00.000Z' },
);

/** The subscription of an account. */
export const subscription = named(
  'Subscription',
  'The subscription of the account.',
  z.object({
    id: uuid.describe('The subscription.'),
    plan: plan.describe('The version of the plan that was sold.'),
    status: subscriptionStatus.describe('What the payments say at this moment.'),
    standing: standing.describe('What the account may do now.'),
    paymentMethod: paymentMethod.describe('How it is paid.'),
    externalPaymentId: z.string().nullable().describe('The reference of the last payment.'),
    stripeSubscriptionId: z.string().nullable().describe('Its id at Stripe.'),
    periodStart: time.describe('When the running period began.'),
    periodEnd: time.describe('When the running period ends.'),
    anchorAt: time
      .nullable()
      .describe(
        'The start of the first paid period: months begin on its day. Null before the first payment.',
      ),
    paidThrough: time
      .nullable()
      .describe('The end of what was paid, paid periods to come included. Null before the first payment.'),
    next: paidPeriod
      .nullable()
      .describe('The period that follows the running one, where it is paid already; null otherwise.'),
  }),
  {
    id: sample.subscriptionId,
    plan: exampleOf(plan),
    status: 'active',
    standing: exampleOf(standing),
    paymentMethod: 'bank_transfer',
    externalPaymentId: null,
    stripeSubscriptionId: null,
    periodStart: sample.createdAt,
    periodEnd: sample.expiresAt,
    anchorAt: sample.createdAt,
    paidThrough: sample.expiresAt,
    next: null,
  },
);

export const changeSubscriptionInput = z
  .strictObject({
    planSlug: slug(50).describe('The plan to change to.'),
    paymentMethod: paymentMethod.describe('How it is to be paid.'),
  })
  .meta({ examples: [{ planSlug: 'growth', paymentMethod: 'bank_transfer' }] });
export type ChangeSubscriptionInput = z.output<typeof changeSubscriptionInput>;

/** A change that waits for its payment. */
export const subscriptionChange = named(
  'SubscriptionChange',
  'A change of plan that takes effect when its invoice is paid.',
  z.object({
    subscription: subscription.describe('The subscription as it is until then.'),
    invoice: invoice.describe('The invoice to pay.'),
  }),
  { subscription: exampleOf(subscription), invoice: exampleOf(invoice) },
);
