import { removed } from '@tenantry/contract/fields';
import {
  acceptInvitationInput,
  acceptedInvitation,
  createInvitationInput,
  invitation,
  invitationInput,
} from '@tenantry/contract/invitation';
import { listOf, pageInput } from '@tenantry/contract/page';
import { acceptInvitation } from '@tenantry/services/invitation/accept';
import { createInvitation } from '@tenantry/services/invitation/create';
import { deleteInvitation } from '@tenantry/services/invitation/delete';
import { listInvitations } from '@tenantry/services/invitation/list';
import { tenant, open, router, run, runWithoutAccount } from '../procedures.ts';

const tags = ['invitation'];
const reads = { scope: 'member:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'member:write', throttle: 'content_write' } as const;

export const invitationRouter = router({
  create: tenant(
    {
      ...writes,
      refusals: [
        'role_forbids',
        'already_member',
        'plan_limit_reached',
        'not_found',
        'conflict',
        'throttled',
      ],
    },
    {
      method: 'POST',
      path: '/invitations',
      status: 201,
      tags,
      summary: 'Invite an address to the account',
    },
  )
    .input(createInvitationInput)
    .output(invitation)
    .mutation(run(createInvitation)),

  list: tenant(reads, { method: 'GET', path: '/invitations', tags, summary: 'The invitations' })
    .input(pageInput)
    .output(listOf(invitation))
    .query(run(listInvitations)),

  delete: tenant(
    { ...writes, refusals: ['not_found', 'conflict'] },
    {
      method: 'DELETE',
      path: '/invitations/{invitationId}',
      tags,
      summary: 'Take an invitation back',
    },
  )
    .input(invitationInput)
    .output(removed)
    .mutation(run(deleteInvitation)),

  accept: open(
    {
      throttle: 'auth',
      refusals: [
        'not_found',
        'invalid_input',
        'already_member',
        'plan_limit_reached',
        'conflict',
        'unauthenticated',
        'second_factor_required',
        'throttled',
      ],
    },
    {
      method: 'POST',
      path: '/invitations/accept',
      tags,
      summary: 'Accept an invitation with the token from the e-mail',
    },
  )
    .input(acceptInvitationInput)
    .output(acceptedInvitation)
    .mutation(runWithoutAccount(acceptInvitation)),
});
