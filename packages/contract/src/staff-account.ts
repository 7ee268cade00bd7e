import { accountOrders, soughtStandings } from '@tenantry/domain/account/list';
import { z } from 'zod';
import { account, accountStatus } from './account.ts';
import { billingDetails } from './billing-details.ts';
import { creditBalance } from './credit-balance.ts';
import {
  count,
  credits,
  currency,
  id,
  paymentMethod,
  reason,
  signedMinorUnits,
  slug,
  time,
  uuid,
} from './fields.ts';
import { invoice } from './invoice.ts';
import { exampleOf, named, sample } from './named.ts';
import { pageFields } from './page.ts';
import { searchText } from './search.ts';
import { standing, subscription, subscriptionStatus } from './subscription.ts';

/** An account as staff find it in a list. */
export const staffAccountRow = named(
  'StaffAccountRow',
  'An account in the list of staff.',
  z.object({
    id: uuid.describe('The account.'),
    name: z.string().describe('Its name.'),
    status: accountStatus.describe('What an operator decided about it.'),
    externalId: z.string().nullable().describe("The operator's own id of this customer; null without one."),
    planSlug: z.string().describe('Its plan.'),
    subscriptionStatus: subscriptionStatus.describe('What is stored of its subscription.'),
    standing: standing.describe('What it may do now.'),
    paymentMethod: paymentMethod.describe('How its subscription is paid.'),
    creditsAvailable: credits.describe('The credits that it has.'),
    sandbox: z.boolean().describe('Whether it is for trying out.'),
    createdAt: time.describe('When it was created.'),
  }),
  {
    id: sample.accountId,
    name: 'Example Ltd',
    status: 'active',
    externalId: null,
    planSlug: 'growth',
    subscriptionStatus: 'active',
    standing: exampleOf(standing),
    paymentMethod: 'bank_transfer',
    creditsAvailable: 9200,
    sandbox: false,
    createdAt: sample.createdAt,
  },
);

const { sandbox: _sandbox, ...shown } = exampleOf(account);

/** An account as staff see it. */
export const staffAccount = named(
  'StaffAccount',
  'An account as staff see it.',
  account
    .omit({ sandbox: true })
    .extend({ statusReason: z.string().nullable().describe('Why it is suspended.') }),
  { ...shown, statusReason: null },
);

/** A paid period of an account, as staff see it. */
const staffPeriod = z.object({
  planSlug: z.string().describe('The plan that it is of.'),
  planVersion: count.describe('The version of the plan.'),
  startsAt: time.describe('When it begins.'),
  endsAt: time.describe('When it ends.'),
  state: z.enum(['past', 'running', 'coming']).describe('Whether it runs now.'),
  paymentId: uuid
    .nullable()
    .describe('The payment that bought it; null for a trial, or where none is known.'),
});

/** Who decided the status of an account. */
const accountDecision = z.object({
  at: time.describe('When.'),
  by: z.string().describe('Who, such as `staff:` and the id of the member of staff.'),
  reason: z.string().nullable().describe('Why, in their words; null where none was given.'),
});

/** Money of an account that no invoice has taken; below zero where it owes. */
const moneyBalance = z.object({
  amount: signedMinorUnits.describe('The balance in minor units.'),
  currency: currency.describe('The ISO 4217 code of the currency.'),
});

/** How many of a thing an account has, and may have. */
const usedLimit = z.object({
  name: z.string().describe('The limit of the plan.'),
  used: count.nullable().describe('How many there are; null where nobody counts them here.'),
  max: count.describe('How many the plan allows.'),
});

/** An account with what an operator looks at first. */
export const staffAccountDetail = named(
  'StaffAccountDetail',
  'An account with what an operator looks at first.',
  staffAccount.extend({
    sandbox: z.boolean().describe('Whether it is for trying out.'),
    now: time.describe('The time of the account: ahead of real time where a sandbox has moved its clock.'),
    decision: accountDecision.nullable().describe('Who suspended, reactivated or closed it last.'),
    subscription: subscription.describe('Its subscription.'),
    graceEndsAt: time.nullable().describe('When grace ends; null where the subscription has none.'),
    periods: z
      .array(staffPeriod)
      .describe('Its periods in order: the last twelve, and all that are to come.'),
    credits: creditBalance.describe('Its credits.'),
    billingDetails: billingDetails.describe('What its new invoices say of the customer.'),
    creditsOwed: credits.describe('The credits that it spent and nobody paid.'),
    moneyBalances: z.array(moneyBalance).describe('The money that it has with the operator, by currency.'),
    openHolds: count.describe('How many holds are open.'),
    limits: z.array(usedLimit).describe('What it uses of each limit of its plan.'),
    overLimits: z.array(z.string()).describe('The limits of which more is used than the plan allows.'),
    openInvoices: z.array(invoice).describe('Its invoices that are to be paid.'),
  }),
  {
    ...exampleOf(staffAccount),
    sandbox: false,
    now: sample.createdAt,
    decision: null,
    subscription: exampleOf(subscription),
    graceEndsAt: null,
    periods: [
      {
        planSlug: 'growth',
        planVersion: 1,
        startsAt: sample.createdAt,
        endsAt: sample.expiresAt,
        state: 'running',
        paymentId: sample.paymentId,
      },
    ],
    credits: exampleOf(creditBalance),
    billingDetails: exampleOf(billingDetails),
    creditsOwed: 0,
    moneyBalances: [],
    openHolds: 1,
    limits: [{ name: 'sites', used: 2, max: 10 }],
    overLimits: [],
    openInvoices: [exampleOf(invoice)],
  },
);

export const searchAccountsInput = z
  .strictObject({
    ...pageFields,
    q: searchText.optional(),
    standing: z.enum(soughtStandings).optional().describe('What they may do now, or why they are refused.'),
    planSlug: slug(50).optional().describe('The plan that they have now.'),
    paymentMethod: paymentMethod.optional().describe('How their subscriptions are paid.'),
    sandbox: z.boolean().optional().describe('Whether they are for trying out; without it both.'),
    lowCredit: z
      .boolean()
      .optional()
      .describe('Whether they are in use with less than a tenth of the credits that their plan brings.'),
    sort: z.enum(accountOrders).default('newest').describe('The order of the list.'),
  })
  .prefault({});
export type SearchAccountsInput = z.output<typeof searchAccountsInput>;

export const staffAccountInput = z.strictObject({ accountId: id.describe('The account.') });

export const staffAccountPageInput = staffAccountInput.extend(pageFields);

export const changeAccountStatusInput = staffAccountInput
  .extend({ reason })
  .meta({ examples: [{ accountId: sample.accountId, reason: 'The card holder disputes the charge.' }] });
export type ChangeAccountStatusInput = z.output<typeof changeAccountStatusInput>;
