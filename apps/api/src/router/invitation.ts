import { removed } from '@tenantry/contract/fields';
import {
  acceptInvitationInput,
  acceptedInvitation,
  createInvitationInput,
  invitation,
  invitationInput,
} from '@tenantry/contract/invitation';
import { listOf, pageInput } from '@tenantry/contract/page';
import { isRefusal } from '@tenantry/domain/refusals';
import { addressBlock } from '@tenantry/gate/address';
import { orThrow } from '@tenantry/gate/error-boundary';
import { acceptInvitation } from '@tenantry/services/invitation/accept';
import { createInvitation } from '@tenantry/services/invitation/create';
import { deleteInvitation } from '@tenantry/services/invitation/delete';
import { listInvitations } from '@tenantry/services/invitation/list';
import { flowOf } from '../flow-of.ts';
import { accountProcedure, openProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';

const tags = ['invitation'];
const reads = { scope: 'member:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'member:write', throttle: 'content_write' } as const;

export const invitationRouter = router({
  create: accountProcedure(writes, {
    method: 'POST',
    path: '/invitations',
    status: 201,
    tags,
    summary: 'Invite an address to the account',
  })
    .input(createInvitationInput)
    .output(invitation)
    .mutation(
      verb(async (tx, input, { identity, emails, background }) => {
        const made = await createInvitation(tx, identity, emails, input);
        if (isRefusal(made)) return made;
        background.run('invitation.create', () => emails.send(made.letter));
        return made.invitation;
      }),
    ),

  list: accountProcedure(reads, { method: 'GET', path: '/invitations', tags, summary: 'The invitations' })
    .input(pageInput)
    .output(listOf(invitation))
    .query(read(listInvitations)),

  delete: accountProcedure(writes, {
    method: 'DELETE',
    path: '/invitations/{invitationId}',
    tags,
    summary: 'Take an invitation back',
  })
    .input(invitationInput)
    .output(removed)
    .mutation(verb(deleteInvitation)),

  accept: openProcedure(
    { throttle: 'auth' },
    {
      method: 'POST',
      path: '/invitations/accept',
      tags,
      summary: 'Take an offered place with a mailed token',
    },
  )
    .input(acceptInvitationInput)
    .output(acceptedInvitation)
    .mutation(async ({ ctx, input }) => {
      const attempt = { ...input, address: addressBlock(ctx.incoming.address) };
      return orThrow(await acceptInvitation(flowOf(ctx), ctx.app.identity, attempt));
    }),
});
