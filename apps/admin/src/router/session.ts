import { revokeStaffSession } from '@tenantry/db/staff/queries';
import { addressBlock } from '@tenantry/gate/address';
import { orThrow } from '@tenantry/gate/error-boundary';
import { passwordCharactersMax } from '@tenantry/identity/password';
import { present } from '@tenantry/rest/present';
import { nothing, text } from '@tenantry/rest/schemas';
import { createStaffSession } from '@tenantry/services/staff/create-session';
import { z } from 'zod';
import { openProcedure, router, staffProcedure } from '../procedure.ts';

const tags = ['session'];
const staff = z.object({ id: z.uuid(), role: z.enum(['support', 'finance', 'platform_admin']) });

export const sessionRouter = router({
  create: openProcedure({ method: 'POST', path: '/sessions', status: 201, tags, summary: 'Sign in as staff' })
    .input(z.strictObject({ email: text(254), password: z.string().min(1).max(passwordCharactersMax) }))
    .output(z.object({ token: z.string(), expiresAt: z.string(), staff }))
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
    .output(z.object({}))
    .mutation(async ({ ctx }) => {
      await revokeStaffSession(ctx.app.database, ctx.actor.sessionId, ctx.now);
      return {};
    }),
});
