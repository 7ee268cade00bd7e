import { z } from 'zod';
import { account } from './account.ts';
import { billingDetailsInput } from './billing-details.ts';
import { creditBalance } from './credit-balance.ts';
import { email, externalId, nameText, paymentMethod, slug } from './fields.ts';
import { invitation } from './invitation.ts';
import { exampleOf, named } from './named.ts';
import { subscription } from './subscription.ts';

/** How a new account is to be paid. */
export const planChoice = {
  planSlug: slug(50).optional().describe('The plan; without it the trial.'),
  paymentMethod: paymentMethod.optional().describe('How a paid plan is to be paid.'),
  billingDetails: billingDetailsInput.optional().describe('Who the customer of its invoices is.'),
};

export const createAccountInput = z
  .strictObject({
    name: nameText.describe('The name of the account.'),
    externalId: externalId
      .optional()
      .describe(
        'Your own id of this customer, which no other account may have; of service keys alone. The same request again answers the same account.',
      ),
    owner: z
      .strictObject({ email: email.describe('Their e-mail address.') })
      .optional()
      .describe('Who is to own the account, and is invited by e-mail; of service keys alone.'),
    ...planChoice,
  })
  .meta({ examples: [{ name: 'Example Ltd' }] });
export type CreateAccountInput = z.output<typeof createAccountInput>;

/** The parts of a new account. */
export const newAccountFields = {
  account: account.describe('The account.'),
  subscription: subscription.describe('Its subscription.'),
  credits: creditBalance.describe('Its credits.'),
};

export const newAccountExample = {
  account: exampleOf(account),
  subscription: exampleOf(subscription),
  credits: exampleOf(creditBalance),
};

/** An account that a signed-in person or a service key made. */
export const newAccount = named(
  'NewAccount',
  'An account that a signed-in person or a service key made.',
  z.object({
    created: z.boolean().describe('False where an earlier call with the same external id made it.'),
    owner: invitation
      .nullable()
      .describe('The invitation of the owner that the call named; null without one.'),
    ...newAccountFields,
  }),
  { created: true, owner: null, ...newAccountExample },
);
