import { listOf, pageInput } from '@tenantry/contract/page';
import {
  createStaffInput,
  disableStaffInput,
  endedStaffSessions,
  resetStaffInput,
  staffInput,
  staffMember,
  staffSessions,
  staffWithPassword,
  updateStaffInput,
} from '@tenantry/contract/staff-member';
import {
  createStaff,
  disableStaffMember,
  endSessionsOfMember,
  listSessionsOfMember,
  listStaffForConsole,
  resetStaffMember,
  updateStaff,
} from '@tenantry/services/staff/manage';
import { router, runForPerson, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['staff'];
const manages = { power: 'staff:manage', throttle: 'default' } as const;
const changes = {
  ...manages,
  audit: { subject: 'staffId', facts: ['reason'] },
  refusals: ['not_found', 'role_forbids', 'last_platform_admin', 'conflict'],
} as const;

export const staffRouter = router({
  list: staff(manages, { method: 'GET', path: '/staff', tags, summary: 'The staff, newest first' })
    .input(pageInput)
    .output(listOf(staffMember))
    .query(runWithoutAccount(listStaffForConsole)),

  create: staff(
    {
      ...manages,
      secrets: ['password'],
      audit: { facts: ['role', 'reason'] },
      refusals: ['email_taken'],
    },
    {
      method: 'POST',
      path: '/staff',
      status: 201,
      tags,
      summary: 'Add a member of staff',
      description: 'The answer has their first password, once.',
    },
  )
    .input(createStaffInput)
    .output(staffWithPassword)
    .mutation(runForPerson(createStaff)),

  update: staff(
    { ...changes, audit: { subject: 'staffId', facts: ['role', 'reason'] } },
    { method: 'PATCH', path: '/staff/{staffId}', tags, summary: 'Give a member of staff another role' },
  )
    .input(updateStaffInput)
    .output(staffMember)
    .mutation(runForPerson(updateStaff)),

  disable: staff(changes, {
    method: 'POST',
    path: '/staff/{staffId}/disable',
    tags,
    summary: 'Refuse a member of staff every sign-in, and end their sessions',
  })
    .input(disableStaffInput)
    .output(staffMember)
    .mutation(runForPerson(disableStaffMember)),

  reset: staff(
    { ...changes, secrets: ['password'], audit: { subject: 'staffId', facts: ['enable', 'reason'] } },
    {
      method: 'POST',
      path: '/staff/{staffId}/reset',
      tags,
      summary: 'Give a member of staff a new password, remove their second factor, and end their sessions',
    },
  )
    .input(resetStaffInput)
    .output(staffWithPassword)
    .mutation(runForPerson(resetStaffMember)),

  listSessions: staff(manages, {
    method: 'GET',
    path: '/staff/{staffId}/sessions',
    tags,
    summary: 'The open sessions of a member of staff',
  })
    .input(staffInput)
    .output(staffSessions)
    .query(runWithoutAccount(listSessionsOfMember)),

  endSessions: staff(
    { ...manages, audit: { subject: 'staffId', facts: ['reason'] }, refusals: ['not_found'] },
    {
      method: 'POST',
      path: '/staff/{staffId}/end-sessions',
      tags,
      summary: 'End every session of a member of staff',
    },
  )
    .input(disableStaffInput)
    .output(endedStaffSessions)
    .mutation(runForPerson(endSessionsOfMember)),
});
