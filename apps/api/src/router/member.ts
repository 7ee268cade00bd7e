import { nothing } from '@tenantry/contract/fields';
import {
  limitMemberInput,
  member,
  memberInput,
  removedMember,
  updateMemberInput,
} from '@tenantry/contract/member';
import { listOf } from '@tenantry/contract/page';
import { deleteMember, leaveAccount } from '@tenantry/services/member/delete';
import { listMembers } from '@tenantry/services/member/list';
import { limitMember, updateMember } from '@tenantry/services/member/update';
import { tenant, router, run } from '../procedures.ts';

const tags = ['member'];
const reads = { scope: 'member:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'member:write', throttle: 'content_write' } as const;

export const memberRouter = router({
  list: tenant(reads, {
    method: 'GET',
    path: '/members',
    tags,
    summary: 'The members of the account',
  })
    .input(nothing)
    .output(listOf(member))
    .query(run(listMembers)),

  update: tenant(
    { ...writes, refusals: ['not_found', 'role_forbids', 'last_owner'] },
    {
      method: 'PATCH',
      path: '/members/{userId}',
      tags,
      summary: 'Give a member another role',
    },
  )
    .input(updateMemberInput)
    .output(member)
    .mutation(run(updateMember)),

  limit: tenant(
    { ...writes, refusals: ['not_found', 'role_forbids', 'conflict'] },
    {
      method: 'PATCH',
      path: '/members/{userId}/sites',
      tags,
      summary: 'Limit a member to named sites',
    },
  )
    .input(limitMemberInput)
    .output(member)
    .mutation(run(limitMember)),

  delete: tenant(
    { ...writes, refusals: ['not_found', 'role_forbids', 'last_owner'] },
    {
      method: 'DELETE',
      path: '/members/{userId}',
      tags,
      summary: 'Take a member out',
    },
  )
    .input(memberInput)
    .output(removedMember)
    .mutation(run(deleteMember)),

  leave: tenant(
    {
      scope: 'member:read',
      reach: 'sites',
      person: true,
      standing: 'unpaid',
      throttle: 'content_write',
      refusals: ['role_forbids', 'last_owner'],
    },
    { method: 'DELETE', path: '/members/me', tags, summary: 'Leave the account' },
  )
    .input(nothing)
    .output(removedMember)
    .mutation(run(leaveAccount)),
});
