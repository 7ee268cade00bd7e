import { listMembers } from '@tenantry/services/member/list';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read } from '../verb.ts';
import { listOf, nothing, role } from '@tenantry/rest/schemas';

const member = z.object({
  userId: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  role,
  createdAt: z.string(),
});

export const memberRouter = router({
  list: accountProcedure(
    { scope: 'member:read', standing: 'unpaid', throttle: 'content_read' },
    { method: 'GET', path: '/members', tags: ['member'], summary: 'The members of the account' },
  )
    .input(nothing)
    .output(listOf(member))
    .query(read(listMembers)),
});
