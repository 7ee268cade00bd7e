import { staffPowers, staffRoles } from '@tenantry/domain/permissions';
import { z } from 'zod';
import {
  bearerToken,
  count,
  credits,
  id,
  knownEmail,
  password,
  secondFactorCode,
  time,
  uuid,
} from './fields.ts';
import { secondFactor } from './me.ts';
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
    expiresAt: time.describe('When the session ends at the latest.'),
    idleSeconds: count.describe('After how many seconds without a call the session ends.'),
    secondFactor,
    requiresSecondFactor: z
      .boolean()
      .describe('Whether staff without a second factor may do nothing but set one up.'),
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
    idleSeconds: 3600,
    secondFactor: { confirmedAt: sample.createdAt, recoveryCodesLeft: 10 },
    requiresSecondFactor: true,
    mode: 'production',
    secondApproverAmounts: { USD: 500_000 },
    statementAutoConfirm: 'off',
  },
);

/** A session of staff in a list, by its times. */
export const listedStaffSession = named(
  'ListedStaffSession',
  'A session of staff that has not ended.',
  z.object({
    id: uuid.describe('The session.'),
    createdAt: time.describe('When it began.'),
    expiresAt: time.describe('When it ends at the latest.'),
    lastUsedAt: time.nullable().describe('When it was last used, to the minute; null for never.'),
    address: z.string().nullable().describe('The network that it began in; null for one from before.'),
  }),
  {
    id: sample.keyId,
    createdAt: sample.createdAt,
    expiresAt: sample.expiresAt,
    lastUsedAt: null,
    address: '192.0.2.7',
  },
);

/** An open session of the member of staff who calls. */
const ownStaffSession = named(
  'OwnStaffSession',
  'A session of your own that has not ended.',
  listedStaffSession.extend({ isCurrent: z.boolean().describe('Whether it is the session of this call.') }),
  { ...exampleOf(listedStaffSession), isCurrent: true },
);

/** The open sessions of the member of staff who calls. */
export const ownStaffSessions = z
  .object({ items: z.array(ownStaffSession).describe('The sessions, newest first.') })
  .meta({ examples: [{ items: [exampleOf(ownStaffSession)] }] });

export const staffSessionInput = z.strictObject({ sessionId: id.describe('The session.') });
export type StaffSessionInput = z.output<typeof staffSessionInput>;

export const createStaffSessionInput = z
  .strictObject({
    email: knownEmail.describe('The e-mail address of the member of staff.'),
    password: password.describe('Their password.'),
    totpCode: secondFactorCode
      .optional()
      .describe('A code of the second factor, when the member of staff has one.'),
    delivery: sessionDelivery,
  })
  .meta({ examples: [{ email: 'finance@example.com', password: 'correct horse battery' }] });
export type CreateStaffSessionInput = z.output<typeof createStaffSessionInput>;
