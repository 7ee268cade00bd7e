import { staffRoles } from '@tenantry/domain/permissions';
import { z } from 'zod';
import { count, email, id, reason, time, uuid } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { listedStaffSession } from './staff-session.ts';

const role = z.enum(staffRoles);

/** A member of the operator's staff. */
export const staffMember = named(
  'StaffMember',
  "A member of the operator's staff.",
  z.object({
    id: uuid.describe('The member of staff.'),
    email: z.string().describe('The address that they sign in with.'),
    role: role.describe('What they may do.'),
    createdAt: time.describe('When they were added.'),
    disabledAt: time.nullable().describe('Since when they may not sign in; null for somebody who may.'),
    lastSignInAt: time.nullable().describe('When they last signed in; null for never.'),
    hasSecondFactor: z.boolean().describe('Whether sign-in asks them for a code.'),
  }),
  {
    id: sample.staffId,
    email: 'finance@example.com',
    role: 'finance',
    createdAt: sample.createdAt,
    disabledAt: null,
    lastSignInAt: sample.createdAt,
    hasSecondFactor: true,
  },
);

/** A member of staff with the password that they sign in with first. */
export const staffWithPassword = named(
  'StaffWithPassword',
  'A member of staff with a new password.',
  staffMember.extend({
    password: z
      .string()
      .nullable()
      .describe('The password to hand over. Shown once: a replayed answer has null.'),
  }),
  { ...exampleOf(staffMember), password: 'k7Qw2mXv9Qp4T-8Xc3Vb' },
);

const staffId = id.describe('The member of staff.');

export const createStaffInput = z
  .strictObject({
    email: email.describe('The address that they sign in with.'),
    role: role.describe('What they may do.'),
    reason,
  })
  .meta({ examples: [{ email: 'finance@example.com', role: 'finance', reason: 'Joins the finance team.' }] });
export type CreateStaffInput = z.output<typeof createStaffInput>;

export const staffInput = z.strictObject({ staffId });
export type StaffInput = z.output<typeof staffInput>;

export const updateStaffInput = z
  .strictObject({ staffId, role: role.describe('The role to have from now on.'), reason })
  .meta({ examples: [{ staffId: sample.staffId, role: 'support', reason: 'Changes team.' }] });
export type UpdateStaffInput = z.output<typeof updateStaffInput>;

export const disableStaffInput = z
  .strictObject({ staffId, reason })
  .meta({ examples: [{ staffId: sample.staffId, reason: 'Has left.' }] });
export type DisableStaffInput = z.output<typeof disableStaffInput>;

export const resetStaffInput = disableStaffInput
  .extend({ enable: z.boolean().default(false).describe('Also lets a disabled member sign in again.') })
  .meta({ examples: [{ staffId: sample.staffId, enable: false, reason: 'Lost the phone.' }] });
export type ResetStaffInput = z.output<typeof resetStaffInput>;

/** The open sessions of a member of staff. */
export const staffSessions = z
  .object({ items: z.array(listedStaffSession).describe('The sessions, newest first.') })
  .meta({ examples: [{ items: [exampleOf(listedStaffSession)] }] });

/** How many sessions a call ended. */
export const endedStaffSessions = z
  .object({ id: uuid.describe('The member of staff.'), ended: count.describe('How many sessions ended.') })
  .meta({ examples: [{ id: sample.staffId, ended: 2 }] });
