import { accountStatuses } from '@tenantry/domain/standing';
import { z } from 'zod';
import { nameText, password, paymentMethod, secondFactorCode, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

export const accountStatus = z.enum(accountStatuses);

/** An account as its members see it. */
export const account = named(
  'Account',
  'An account: one tenant.',
  z.object({
    id: uuid.describe('The account.'),
    name: z.string().describe('Its name.'),
    externalId: z
      .string()
      .nullable()
      .describe("The operator's own id of this customer, unique across accounts; null without one."),
    status: accountStatus.describe('What an operator decided about it.'),
    paymentMethod: paymentMethod.describe('How a new subscription is paid.'),
    sandbox: z.boolean().describe('Whether it is for trying out; its API keys are test keys.'),
    createdAt: time.describe('When it was created.'),
  }),
  {
    id: sample.accountId,
    name: 'Example Ltd',
    externalId: null,
    status: 'active',
    paymentMethod: 'bank_transfer',
    sandbox: false,
    createdAt: sample.createdAt,
  },
);

export const updateAccountInput = z
  .strictObject({
    name: nameText.optional().describe('The new name.'),
    paymentMethod: paymentMethod.optional().describe('How a new subscription is to be paid.'),
  })
  .refine((input) => Object.keys(input).length > 0, 'changes nothing')
  .meta({ examples: [{ name: 'Example Ltd' }] });
export type UpdateAccountInput = z.output<typeof updateAccountInput>;

export const closeAccountInput = z
  .strictObject({
    password: password.optional().describe('The password of the owner who closes it.'),
    totpCode: secondFactorCode.optional().describe('A code of their second factor, instead of the password.'),
  })
  .refine(
    ({ password: text, totpCode: code }) => (text === undefined) !== (code === undefined),
    'names either the password or a code of the second factor',
  )
  .meta({ examples: [{ password: 'correct horse battery' }] });
export type CloseAccountInput = z.output<typeof closeAccountInput>;
