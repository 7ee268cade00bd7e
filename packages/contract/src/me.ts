import { z } from 'zod';
import { accountStatus } from './account.ts';
import {
  addressOfPerson,
  count,
  email,
  nameOfPerson,
  nameText,
  newPassword,
  opaqueToken,
  password,
  role,
  time,
  uuid,
} from './fields.ts';
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

/** The second factor of a person. */
export const secondFactor = z
  .object({
    confirmedAt: time.describe('Since when sign-in asks for a code.'),
    recoveryCodesLeft: count.describe('How many recovery codes were not used yet.'),
  })
  .nullable()
  .describe('The second factor; null when sign-in asks for the password alone.');

/** The person who is signed in. */
export const me = named(
  'Me',
  'The person who is signed in.',
  z.object({
    id: uuid.describe('The person.'),
    email: addressOfPerson,
    name: nameOfPerson,
    emailVerifiedAt: time.nullable().describe('When the address was confirmed; null before.'),
    secondFactor,
    createdAt: time.describe('When they registered.'),
    accounts: z.array(accountOfUser).describe('The accounts that they belong to.'),
  }),
  {
    id: sample.userId,
    email: 'ada@example.com',
    name: null,
    emailVerifiedAt: null,
    secondFactor: null,
    createdAt: sample.createdAt,
    accounts: [{ id: sample.accountId, name: 'Example Ltd', role: 'owner', status: 'active' }],
  },
);

export const updateMeInput = z
  .strictObject({ name: nameText.nullable().describe('The name to show to others; null for none.') })
  .meta({ examples: [{ name: 'Ada Lovelace' }] });
export type UpdateMeInput = z.output<typeof updateMeInput>;

export const changeEmailInput = z
  .strictObject({
    email: email.describe('The address to sign in with from now on.'),
    password: password.describe('The password of the person who is signed in.'),
  })
  .meta({ examples: [{ email: 'ada@example.org', password: 'correct horse battery' }] });
export type ChangeEmailInput = z.output<typeof changeEmailInput>;

export const confirmEmailInput = z
  .strictObject({ token: opaqueToken.describe('The token of the e-mail to the new address.') })
  .meta({ examples: [{ token: sample.token }] });
export type ConfirmEmailInput = z.output<typeof confirmEmailInput>;

export const changePasswordInput = z
  .strictObject({
    currentPassword: password.describe('The password that is set now.'),
    newPassword: newPassword.describe('The password to set.'),
  })
  .meta({ examples: [{ currentPassword: 'correct horse battery', newPassword: 'staple correct horse' }] });
export type ChangePasswordInput = z.output<typeof changePasswordInput>;
