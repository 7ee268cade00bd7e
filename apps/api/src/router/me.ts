import { done, nothing } from '@tenantry/contract/fields';
import { changePasswordInput, me } from '@tenantry/contract/me';
import { orThrow } from '@tenantry/gate/error-boundary';
import { changePassword } from '@tenantry/services/me/change-password';
import { getMe } from '@tenantry/services/me/get';
import { flowOf } from '../flow-of.ts';
import { forgetSessions } from '../forget.ts';
import { present } from '@tenantry/rest/present';
import { personProcedure, router } from '../procedure.ts';

export const meRouter = router({
  get: personProcedure(
    { throttle: 'content_read' },
    { method: 'GET', path: '/me', tags: ['me'], summary: 'Who is signed in' },
  )
    .input(nothing)
    .output(me)
    .query(async ({ ctx }) => present(orThrow(await getMe(flowOf(ctx, ctx.actor), ctx.actor.userId)))),

  changePassword: personProcedure(
    { throttle: 'auth' },
    { method: 'POST', path: '/me/password', tags: ['me'], summary: 'Set a new password' },
  )
    .input(changePasswordInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const flow = flowOf(ctx, ctx.actor);
      const { sessionIds } = orThrow(await changePassword(flow, ctx.app.identity, ctx.actor, input));
      forgetSessions(ctx, sessionIds);
      return {};
    }),
});
