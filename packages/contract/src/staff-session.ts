import { staffPowers, staffRoles } from '@tenantry/domain/permissions';
import { z } from 'zod';
import { bearerToken, credits, knownEmail, password, time, uuid } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { sessionDelivery } from './session.ts';

const role = z.enum(staffRoles);

/** A new session of staff. */
export const staffSession = named(
  'StaffSession',
  'A new session of staff; its token is missing when it is kept in a cookie.',
  z.object({
    token: bearerToken.optional(),
    expiresAt: time.describe('When the session ends.'),
    staff: z
      .object({
        id: uuid.describe('The member of staff.'),
        role: role.describe('Their role.'),
      })
      .describe('Who is signed in.'),
  }),
  {
    token: sample.token,
    expiresAt: sample.expiresAt,
    staff: { id: sample.staffId, role: 'finance' },
  },
);

/** The session of a call, and what the admin app lets its member of staff do. */
export const currentStaffSession = named(
  'CurrentStaffSession',
  'Who is signed in, what they may do, and how the admin app is set up.',
  z.object({
    id: uuid.describe('The session.'),
    staff: z
      .object({
        id: uuid.describe('The member of staff.'),
        email: z.string().describe('Their e-mail address.'),
        role: role.describe('Their role.'),
      })
      .describe('Who is signed in.'),
    powers: z.array(z.enum(staffPowers)).describe('What their role may do.'),
    expiresAt: time.describe('When the session ends.'),
    mode: z.enum(['demo', 'production']).describe('Whether this is a demo, whose data is made up.'),
    secondApproverAmounts: z
      .record(z.string(), credits)
      .describe('Above which amounts, by currency and in minor units, two members of staff confirm money.'),
    statementAutoConfirm: z
      .enum(['off', 'exact'])
      .describe('Whether an import of bank statements confirms the lines that are certain.'),
  }),
  {
    id: sample.keyId,
    staff: { ...exampleOf(staffSession).staff, email: 'finance@example.com' },
    powers: ['account:read', 'money:confirm', 'credit:adjust'],
    expiresAt: sample.expiresAt,
    mode: 'production',
    secondApproverAmounts: { USD: 500_000 },
    statementAutoConfirm: 'off',
  },
);

export const createStaffSessionInput = z
  .strictObject({
    email: knownEmail.describe('The e-mail address of the member of staff.'),
    password: password.describe('Their password.'),
    delivery: sessionDelivery,
  })
  .meta({ examples: [{ email: 'finance@example.com', password: 'correct horse battery' }] });
export type CreateStaffSessionInput = z.output<typeof createStaffSessionInput>;
