import { isRefusal } from '@tenantry/domain/refusals';
import { addressBlock } from '@tenantry/gate/address';
import { orThrow } from '@tenantry/gate/error-boundary';
import { id, listOf, page, role } from '@tenantry/rest/schemas';
import { acceptInvitation } from '@tenantry/services/invitation/accept';
import { createInvitation } from '@tenantry/services/invitation/create';
import { deleteInvitation } from '@tenantry/services/invitation/delete';
import { listInvitations } from '@tenantry/services/invitation/list';
import { z } from 'zod';
import { flowOf } from '../flow-of.ts';
import { accountProcedure, openProcedure, router } from '../procedure.ts';
import { email, mailedToken, newPassword, secondFactorCode } from '../schemas.ts';
import { read, verb } from '../verb.ts';

const tags = ['invitation'];
const reads = { scope: 'member:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'member:write', throttle: 'content_write' } as const;

const invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role,
  siteIds: z.array(z.uuid()).nullable(),
  status: z.enum(['open', 'accepted', 'revoked', 'expired']),
  createdAt: z.string(),
  expiresAt: z.string(),
});

export const invitationRouter = router({
  create: accountProcedure(writes, {
    method: 'POST',
    path: '/invitations',
    status: 201,
    tags,
    summary: 'Invite an address to the account',
  })
    .input(z.strictObject({ email, role, siteIds: z.array(id).min(1).max(100).optional() }))
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
    .input(page)
    .output(listOf(invitation))
    .query(read(listInvitations)),

  delete: accountProcedure(writes, {
    method: 'DELETE',
    path: '/invitations/{invitationId}',
    tags,
    summary: 'Take an invitation back',
  })
    .input(z.strictObject({ invitationId: id }))
    .output(z.object({ id: z.uuid() }))
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
    .input(
      z.strictObject({ token: mailedToken, password: newPassword, totpCode: secondFactorCode.optional() }),
    )
    .output(z.object({ accountId: z.uuid(), userId: z.uuid(), role }))
    .mutation(async ({ ctx, input }) => {
      const attempt = { ...input, address: addressBlock(ctx.incoming.address) };
      return orThrow(await acceptInvitation(flowOf(ctx), ctx.app.identity, attempt));
    }),
});
