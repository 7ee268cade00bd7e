import { done, nothing } from '@tenantry/contract/fields';
import { createStaffSessionInput, staffSession } from '@tenantry/contract/staff-session';
import { revokeStaffSession } from '@tenantry/db/staff/queries';
import { addressBlock } from '@tenantry/gate/address';
import { orThrow } from '@tenantry/gate/error-boundary';
import { present } from '@tenantry/rest/present';
import { createStaffSession } from '@tenantry/services/staff/create-session';
import { openProcedure, router, staffProcedure } from '../procedure.ts';

const tags = ['session'];

export const sessionRouter = router({
  create: openProcedure({ method: 'POST', path: '/sessions', status: 201, tags, summary: 'Sign in as staff' })
    .input(createStaffSessionInput)
    .output(staffSession)
    .mutation(async ({ ctx: { app, incoming, now }, input }) => {
      const callInfo = { actor: { kind: 'anonymous' }, requestId: incoming.requestId, now } as const;
      const flow = { database: app.database, callInfo };
      const attempt = { ...input, address: addressBlock(incoming.address) };
      return present(orThrow(await createStaffSession(flow, app.identity, attempt)));
    }),

  delete: staffProcedure(
    { power: 'account:read' },
    { method: 'DELETE', path: '/sessions/current', tags, summary: 'Sign out' },
  )
    .input(nothing)
    .output(done)
    .mutation(async ({ ctx }) => {
      await revokeStaffSession(ctx.app.database, ctx.actor.sessionId, ctx.now);
      return {};
    }),
});
