import { invitation } from '@tenantry/contract/invitation';
import { member } from '@tenantry/contract/member';
import { listOf } from '@tenantry/contract/page';
import {
  endedMemberSessions,
  memberSession,
  revokeMemberSessionsInput,
} from '@tenantry/contract/staff-access';
import { staffAccountInput, staffAccountPageInput } from '@tenantry/contract/staff-account';
import { listInvitations } from '@tenantry/services/invitation/list';
import { listMembers } from '@tenantry/services/member/list';
import { listMemberSessions, revokeMemberSessions } from '@tenantry/services/staff/access';
import { router, run, staff } from '../procedures.ts';

const tags = ['member'];
const reads = { power: 'account:read', throttle: 'default', account: ['accountId'] } as const;

export const memberRouter = router({
  list: staff(reads, {
    method: 'GET',
    path: '/accounts/{accountId}/members',
    tags,
    summary: 'The members of an account',
  })
    .input(staffAccountInput)
    .output(listOf(member))
    .query(run(listMembers)),

  listInvitations: staff(reads, {
    method: 'GET',
    path: '/accounts/{accountId}/invitations',
    tags,
    summary: 'The invitations of an account, newest first',
  })
    .input(staffAccountPageInput)
    .output(listOf(invitation))
    .query(run(listInvitations)),

  listSessions: staff(reads, {
    method: 'GET',
    path: '/accounts/{accountId}/sessions',
    tags,
    summary: 'The sessions of the members of an account, newest first',
  })
    .input(staffAccountPageInput)
    .output(listOf(memberSession))
    .query(run(listMemberSessions)),

  revokeSessions: staff(
    {
      power: 'access:revoke',
      throttle: 'default',
      account: ['accountId'],
      audit: { subject: 'userId', facts: ['sessionId', 'reason'] },
      refusals: ['not_found'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/members/{userId}/revoke-sessions',
      tags,
      summary: 'End the sessions of a member',
      description: 'A person has their sessions in every account; all of them end.',
    },
  )
    .input(revokeMemberSessionsInput)
    .output(endedMemberSessions)
    .mutation(run(revokeMemberSessions)),
});
