import { z } from 'zod';
import { account, accountStatus } from './account.ts';
import { creditBalance } from './credit-balance.ts';
import { id, nameText, reason, time, uuid } from './fields.ts';
import { invoice } from './invoice.ts';
import { exampleOf, named, sample } from './named.ts';
import { pageFields } from './page.ts';
import { subscription, subscriptionStatus } from './subscription.ts';

/** An account as staff find it in a list. */
export const staffAccountRow = named(
  'StaffAccountRow',
  'An account in the list of staff.',
  z.object({
    id: uuid.describe('The account.'),
    name: z.string().describe('Its name.'),
    status: accountStatus.describe('What an operator decided about it.'),
    planSlug: z.string().describe('Its plan.'),
    subscriptionStatus: subscriptionStatus.describe('What is stored of its subscription.'),
    createdAt: time.describe('When it was created.'),
  }),
  {
    id: sample.accountId,
    name: 'Example Ltd',
    status: 'active',
    planSlug: 'growth',
    subscriptionStatus: 'active',
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
    openInvoices: z.array(invoice).describe('Its invoices that are to be paid.'),
  }),
  {
    ...exampleOf(staffAccount),
    subscription: exampleOf(subscription),
    credits: exampleOf(creditBalance),
    openInvoices: [exampleOf(invoice)],
  },
);

export const searchAccountsInput = z
  .strictObject({
    ...pageFields,
    name: nameText.optional().describe('A text that the name of the account holds.'),
  })
  .prefault({});
export type SearchAccountsInput = z.output<typeof searchAccountsInput>;

export const staffAccountInput = z.strictObject({ accountId: id.describe('The account.') });

export const changeAccountStatusInput = staffAccountInput
  .extend({ reason })
  .meta({ examples: [{ accountId: sample.accountId, reason: 'The card holder disputes the charge.' }] });
export type ChangeAccountStatusInput = z.output<typeof changeAccountStatusInput>;
