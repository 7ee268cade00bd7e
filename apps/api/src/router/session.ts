import { done, nothing } from '@tenantry/contract/fields';
import { createSessionInput, refreshSessionInput, session, sessionTokens } from '@tenantry/contract/session';
import { createSession } from '@tenantry/services/session/create';
import { deleteSession, deleteSessions } from '@tenantry/services/session/delete';
import { refreshSession } from '@tenantry/services/session/refresh';
import { open, person, router, runForPerson, runWithoutAccount } from '../procedures.ts';

const tags = ['session'];
const signsOut = { throttle: 'auth', refusals: ['unauthenticated'] } as const;
const signIn = runWithoutAccount(createSession);
const signOut = runForPerson(deleteSession);

export const sessionRouter = router({
  create: open(
    { throttle: 'auth', refusals: ['unauthenticated', 'second_factor_required', 'throttled'] },
    { method: 'POST', path: '/sessions', status: 201, tags, summary: 'Sign in' },
  )
    .input(createSessionInput)
    .output(session)
    .mutation(async (options) => {
      const { cookie, ...answer } = { cookie: undefined, ...(await signIn(options)) };
      if (cookie !== undefined) options.ctx.setCookie(cookie.value, new Date(cookie.expiresAt));
      return answer;
    }),

  refresh: open(
    { throttle: 'auth', refusals: ['unauthenticated'] },
    {
      method: 'POST',
      path: '/sessions/refresh',
      tags,
      summary: 'Exchange a refresh token for the next pair',
    },
  )
    .input(refreshSessionInput)
    .output(sessionTokens)
    .mutation(runWithoutAccount(refreshSession)),

  delete: person(signsOut, { method: 'DELETE', path: '/sessions/current', tags, summary: 'Sign out' })
    .input(nothing)
    .output(done)
    .mutation(async (options) => {
      const answer = await signOut(options);
      if (options.ctx.actor.via === 'session') options.ctx.setCookie('', new Date(0));
      return answer;
    }),

  deleteAll: person(signsOut, { method: 'DELETE', path: '/sessions', tags, summary: 'Sign out everywhere' })
    .input(nothing)
    .output(done)
    .mutation(runForPerson(deleteSessions)),
});
