import { staffRoles } from '@tenantry/domain/permissions';
import { z } from 'zod';
import { bearerToken, knownEmail, password, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** A new session of staff. */
export const staffSession = named(
  'StaffSession',
  'A new session of staff.',
  z.object({
    token: bearerToken,
    expiresAt: time.describe('When the session ends.'),
    staff: z
      .object({
        id: uuid.describe('The member of staff.'),
        role: z.enum(staffRoles).describe('Their role.'),
      })
      .describe('Who is signed in.'),
  }),
  {
    token: sample.token,
    expiresAt: sample.expiresAt,
    staff: { id: sample.staffId, role: 'finance' },
  },
);

export const createStaffSessionInput = z
  .strictObject({
    email: knownEmail.describe('The e-mail address of the member of staff.'),
    password: password.describe('Their password.'),
  })
  .meta({ examples: [{ email: 'finance@example.com', password: 'correct horse battery' }] });
export type CreateStaffSessionInput = z.output<typeof createStaffSessionInput>;
