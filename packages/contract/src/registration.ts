import { z } from 'zod';
import { addressOfPerson, email, nameOfPerson, nameText, newPassword, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';
import { newAccountExample, newAccountFields, planChoice } from './new-account.ts';

export const registerInput = z
  .strictObject({
    email: email.describe('The e-mail address of the person.'),
    password: newPassword.describe('The password to sign in with.'),
    accountName: nameText.describe('The name of the account.'),
    ...planChoice,
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
    ...newAccountFields,
  }),
  {
    user: { id: sample.userId, email: 'ada@example.com', name: null, createdAt: sample.createdAt },
    ...newAccountExample,
  },
);
