import { accountOrders, soughtStandings } from '@tenantry/domain/account/list';
import { z } from 'zod';
import { account, accountStatus } from './account.ts';
import { billingDetails } from './billing-details.ts';
import { creditBalance } from './credit-balance.ts';
import { credits, id, paymentMethod, reason, slug, time, uuid } from './fields.ts';
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

/** An account with what an operator looks at first. */
export const staffAccountDetail = named(
  'StaffAccountDetail',
  'An account with what an operator looks at first.',
  staffAccount.extend({
    subscription: subscription.describe('Its subscription.'),
    credits: creditBalance.describe('Its credits.'),
    billingDetails: billingDetails.describe('What its new invoices say of the customer.'),
    openInvoices: z.array(invoice).describe('Its invoices that are to be paid.'),
  }),
  {
    ...exampleOf(staffAccount),
    subscription: exampleOf(subscription),
    credits: exampleOf(creditBalance),
    billingDetails: exampleOf(billingDetails),
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

export const changeAccountStatusInput = staffAccountInput
  .extend({ reason })
  .meta({ examples: [{ accountId: sample.accountId, reason: 'The card holder disputes the charge.' }] });
export type ChangeAccountStatusInput = z.output<typeof changeAccountStatusInput>;
