import { done, nothing } from '@tenantry/contract/fields';
import { createSessionInput, refreshSessionInput, session, sessionTokens } from '@tenantry/contract/session';
import { createSession } from '@tenantry/services/session/create';
import { deleteSession, deleteSessions } from '@tenantry/services/session/delete';
import { refreshSession } from '@tenantry/services/session/refresh';
import { signOut } from '@tenantry/services/session/sign-out';
import { clearingEndedCookie } from '@tenantry/gate/authenticate/ended-cookie';
import { ofRefreshToken, open, person, router, runForPerson, runWithoutAccount } from '../procedures.ts';

const tags = ['session'];
const signsOut = { throttle: 'auth', refusals: ['unauthenticated'] } as const;
const signIn = runWithoutAccount(createSession);

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

  refresh: ofRefreshToken(
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

  signOut: ofRefreshToken(
    { throttle: 'auth', refusals: ['unauthenticated'] },
    {
      method: 'POST',
      path: '/sessions/sign-out',
      tags,
      summary: 'Sign out with a refresh token',
      description: 'Ends the session of the token, also when its access token has expired.',
    },
  )
    .input(refreshSessionInput)
    .output(done)
    .mutation(clearingEndedCookie(runWithoutAccount(signOut))),

  delete: person(signsOut, { method: 'DELETE', path: '/sessions/current', tags, summary: 'Sign out' })
    .input(nothing)
    .output(done)
    .mutation(clearingEndedCookie(runForPerson(deleteSession))),

  deleteAll: person(signsOut, { method: 'DELETE', path: '/sessions', tags, summary: 'Sign out everywhere' })
    .input(nothing)
    .output(done)
    .mutation(clearingEndedCookie(runForPerson(deleteSessions))),
});
