import { z } from 'zod';
import { accountStatus } from './account.ts';
import { addressOfPerson, nameOfPerson, newPassword, password, role, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** An account of a person, with their role in it. */
export const accountOfUser = named(
  'AccountOfUser',
  'An account that a person belongs to.',
  z.object({
    id: uuid.describe('The account.'),
    name: z.string().describe('Its name.'),
    role: role.describe('The role of the person in it.'),
    status: accountStatus.describe('Whether it is in use; a closed account shows its invoices alone.'),
  }),
  { id: sample.accountId, name: 'Example Ltd', role: 'owner', status: 'active' },
);

/** The person who is signed in. */
export const me = named(
  'Me',
  'The person who is signed in.',
  z.object({
    id: uuid.describe('The person.'),
    email: addressOfPerson,
    name: nameOfPerson,
    emailVerifiedAt: time.nullable().describe('When the address was confirmed; null before.'),
    createdAt: time.describe('When they registered.'),
    accounts: z.array(accountOfUser).describe('The accounts that they belong to.'),
  }),
  {
    id: sample.userId,
    email: 'ada@example.com',
    name: null,
    emailVerifiedAt: null,
    createdAt: sample.createdAt,
    accounts: [{ id: sample.accountId, name: 'Example Ltd', role: 'owner', status: 'active' }],
  },
);

export const changePasswordInput = z
  .strictObject({
    currentPassword: password.describe('The password that is set now.'),
    newPassword: newPassword.describe('The password to set.'),
  })
  .meta({ examples: [{ currentPassword: 'correct horse battery', newPassword: 'staple correct horse' }] });
export type ChangePasswordInput = z.output<typeof changePasswordInput>;
