import { orThrow } from '@tenantry/gate/error-boundary';
import { changePassword } from '@tenantry/services/me/change-password';
import { getMe } from '@tenantry/services/me/get';
import { z } from 'zod';
import { flowOf } from '../flow-of.ts';
import { forgetSessions } from '../forget.ts';
import { present } from '@tenantry/rest/present';
import { personProcedure, router } from '../procedure.ts';
import { newPassword, password } from '../schemas.ts';
import { nothing, role } from '@tenantry/rest/schemas';

const output = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  emailVerifiedAt: z.string().nullable(),
  createdAt: z.string(),
  accounts: z.array(z.object({ id: z.uuid(), name: z.string(), role })),
});

export const meRouter = router({
  get: personProcedure(
    { throttle: 'content_read' },
    { method: 'GET', path: '/me', tags: ['me'], summary: 'Who is signed in' },
  )
    .input(nothing)
    .output(output)
    .query(async ({ ctx }) => present(orThrow(await getMe(flowOf(ctx, ctx.actor), ctx.actor.userId)))),

  changePassword: personProcedure(
    { throttle: 'auth' },
    { method: 'POST', path: '/me/password', tags: ['me'], summary: 'Set a new password' },
  )
    .input(z.strictObject({ currentPassword: password, newPassword }))
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      const flow = flowOf(ctx, ctx.actor);
      const { sessionIds } = orThrow(await changePassword(flow, ctx.app.identity, ctx.actor, input));
      forgetSessions(ctx, sessionIds);
      return {};
    }),
});
