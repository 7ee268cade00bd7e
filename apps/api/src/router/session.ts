import { done, nothing } from '@tenantry/contract/fields';
import { createSessionInput, refreshSessionInput, session, sessionTokens } from '@tenantry/contract/session';
import { addressBlock } from '@tenantry/gate/address';
import { orThrow } from '@tenantry/gate/error-boundary';
import { createSession } from '@tenantry/services/session/create';
import { deleteSessions } from '@tenantry/services/session/delete';
import { refreshSession } from '@tenantry/services/session/refresh';
import { flowOf } from '../flow-of.ts';
import { forgetSessions } from '../forget.ts';
import { openProcedure, personProcedure, router } from '../procedure.ts';

const tags = ['session'];

export const sessionRouter = router({
  create: openProcedure(
    { throttle: 'auth' },
    { method: 'POST', path: '/sessions', status: 201, tags, summary: 'Sign in' },
  )
    .input(createSessionInput)
    .output(session)
    .mutation(async ({ ctx, input }) => {
      const {
        tokens: given,
        cookie,
        accounts: own,
      } = orThrow(
        await createSession(flowOf(ctx), ctx.app.identity, {
          ...input,
          address: addressBlock(ctx.incoming.address),
        }),
      );
      if (cookie !== null) ctx.setCookie(cookie.value, cookie.expiresAt);
      return { ...given, accounts: own };
    }),

  refresh: openProcedure(
    { throttle: 'auth' },
    { method: 'POST', path: '/sessions/refresh', tags, summary: 'Exchange a refresh token' },
  )
    .input(refreshSessionInput)
    .output(sessionTokens)
    .mutation(async ({ ctx, input }) => orThrow(await refreshSession(flowOf(ctx), ctx.app.identity, input))),

  delete: personProcedure(
    { throttle: 'auth' },
    { method: 'DELETE', path: '/sessions/current', tags, summary: 'Sign out' },
  )
    .input(nothing)
    .output(done)
    .mutation(async ({ ctx }) => {
      const { userId, sessionId, via } = ctx.actor;
      forgetSessions(ctx, await deleteSessions(flowOf(ctx, ctx.actor), { userId, sessionId }));
      if (via === 'session') ctx.setCookie('', new Date(0));
      return {};
    }),

  deleteAll: personProcedure(
    { throttle: 'auth' },
    { method: 'DELETE', path: '/sessions', tags, summary: 'Sign out everywhere' },
  )
    .input(nothing)
    .output(done)
    .mutation(async ({ ctx }) => {
      forgetSessions(ctx, await deleteSessions(flowOf(ctx, ctx.actor), { userId: ctx.actor.userId }));
      return {};
    }),
});
