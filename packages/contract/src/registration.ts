import { z } from 'zod';
import { account } from './account.ts';
import { creditBalance } from './credit-balance.ts';
import {
  addressOfPerson,
  email,
  nameOfPerson,
  nameText,
  newPassword,
  paymentMethod,
  slug,
  time,
  uuid,
} from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { subscription } from './subscription.ts';

export const registerInput = z
  .strictObject({
    email: email.describe('The e-mail address of the person.'),
    password: newPassword.describe('The password to sign in with.'),
    accountName: nameText.describe('The name of the account.'),
    planSlug: slug(50).optional().describe('The plan; without it the trial.'),
    paymentMethod: paymentMethod.optional().describe('How a paid plan is to be paid.'),
  })
  .meta({
    examples: [{ email: 'ada@example.com', password: 'correct horse battery', accountName: 'Example Ltd' }],
  });
export type RegisterInput = z.output<typeof registerInput>;

/** What a registration made. */
export const registration = named(
  'Registration',
  'What a registration made.',
  z.object({
    user: z
      .object({
        id: uuid.describe('The person.'),
        email: addressOfPerson,
        name: nameOfPerson,
        createdAt: time.describe('When they registered.'),
      })
      .describe('The person, who owns the account.'),
    account: account.describe('The account.'),
    subscription: subscription.describe('Its subscription.'),
    credits: creditBalance.describe('Its credits.'),
  }),
  {
    user: { id: sample.userId, email: 'ada@example.com', name: null, createdAt: sample.createdAt },
    account: exampleOf(account),
    subscription: exampleOf(subscription),
    credits: exampleOf(creditBalance),
  },
);
