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
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';

const tags = ['member'];
const reads = { scope: 'member:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'member:write', throttle: 'content_write' } as const;

export const memberRouter = router({
  list: accountProcedure(reads, {
    method: 'GET',
    path: '/members',
    tags,
    summary: 'The members of the account',
  })
    .input(nothing)
    .output(listOf(member))
    .query(read(listMembers)),

  update: accountProcedure(writes, {
    method: 'PATCH',
    path: '/members/{userId}',
    tags,
    summary: 'Give a member another role',
  })
    .input(updateMemberInput)
    .output(member)
    .mutation(verb(updateMember)),

  limit: accountProcedure(writes, {
    method: 'PATCH',
    path: '/members/{userId}/sites',
    tags,
    summary: 'Limit a member to named sites',
  })
    .input(limitMemberInput)
    .output(member)
    .mutation(verb(limitMember)),

  delete: accountProcedure(writes, {
    method: 'DELETE',
    path: '/members/{userId}',
    tags,
    summary: 'Take a member out',
  })
    .input(memberInput)
    .output(removedMember)
    .mutation(verb(deleteMember)),

  leave: accountProcedure(
    { scope: 'member:read', person: true, standing: 'unpaid', throttle: 'content_write' },
    { method: 'DELETE', path: '/members/me', tags, summary: 'Leave the account' },
  )
    .input(nothing)
    .output(removedMember)
    .mutation(verb(leaveAccount)),
});
