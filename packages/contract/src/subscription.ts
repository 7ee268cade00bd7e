import { standingCodes, standingStates, subscriptionStatuses } from '@tenantry/domain/standing';
import { z } from 'zod';
import { count, credits, currency, paymentMethod, slug, time, uuid } from './fields.ts';
import { invoice } from './invoice.ts';
import { money } from './money.ts';
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
    periodStart: time.describe(
      'When the running period began; of a plan that costs nothing the running month.',
    ),
    periodEnd: time.describe('When it ends.'),
    anchorAt: time
      .nullable()
      .describe(
        'The start of the first paid period: months begin on its day. Null before the first payment.',
      ),
    paidThrough: time
      .nullable()
      .describe(
        'The end of what was paid, paid periods to come included. Null before the first payment, and while a plan runs that costs nothing.',
      ),
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

/** What a change of plan would cost and bring. */
export const subscriptionPreview = named(
  'SubscriptionPreview',
  'What a change of plan costs, when it takes effect, and what it brings. The change itself computes the same.',
  z.object({
    kind: z
      .enum(['subscription', 'upgrade'])
      .describe('An upgrade takes the place of the running period; anything else is a period of its own.'),
    plan: plan.describe('The version of the plan that is sold.'),
    startsAt: time.nullable().describe('When the plan begins; null where that is when the invoice is paid.'),
    endsAt: time
      .nullable()
      .describe(
        'When its period ends; null where it begins when the invoice is paid, or costs nothing and goes on.',
      ),
    price: money.describe('The price of one cycle.'),
    unused: z
      .object({
        amount: credits.describe('What it takes off the price, in minor units.'),
        currency: currency.describe('The currency of the price.'),
        credits: credits.describe(
          'The unused plan credits that this pays for. Those that are spent before the payment are missing from the new plan.',
        ),
        months: count.describe('The months of a paid year that this takes whole.'),
      })
      .describe('The part of the running period that is not used.'),
    total: money.describe('What is to be paid.'),
    credits: credits.describe('The credits of the first month.'),
    dueAt: time.describe('When the invoice would be due; of a plan that costs nothing when it begins.'),
    overLimits: z
      .array(z.string())
      .describe(
        'The limits of which more is used than the plan allows. What is there keeps working; nothing is added.',
      ),
  }),
  {
    kind: 'upgrade',
    plan: exampleOf(plan),
    startsAt: null,
    endsAt: null,
    price: { amount: 8900, currency: 'USD' },
    unused: { amount: 1450, currency: 'USD', credits: 2500, months: 0 },
    total: { amount: 7450, currency: 'USD' },
    credits: 20_000,
    dueAt: sample.expiresAt,
    overLimits: [],
  },
);

/** A change that waits for its payment. */
export const subscriptionChange = named(
  'SubscriptionChange',
  'A change of plan. It takes effect when its invoice is paid; of a plan that costs nothing at the end of what was paid.',
  z.object({
    subscription: subscription.describe('The subscription as it is until then.'),
    invoice: invoice.nullable().describe('The invoice to pay; null for a plan that costs nothing.'),
  }),
  { subscription: exampleOf(subscription), invoice: exampleOf(invoice) },
);
