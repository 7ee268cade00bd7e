import { done, nothing } from '@tenantry/contract/fields';
import {
  createStaffSessionInput,
  currentStaffSession,
  ownStaffSessions,
  staffSession,
  staffSessionInput,
} from '@tenantry/contract/staff-session';
import { createStaffSession } from '@tenantry/services/staff/create-session';
import { getOwnStaffSession } from '@tenantry/services/staff/get-session';
import { deleteStaffSession, endOwnSession, listOwnSessions } from '@tenantry/services/staff/own-sessions';
import { open, router, runForPerson, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['session'];
const own = {
  power: 'any',
  beforeSecondFactor: true,
  throttle: 'default',
  refusals: ['unauthenticated'],
} as const;
const signIn = runWithoutAccount(createStaffSession);
const signOut = runForPerson(deleteStaffSession);

export const sessionRouter = router({
  create: open(
    { throttle: 'auth', refusals: ['unauthenticated', 'second_factor_required', 'throttled'] },
    { method: 'POST', path: '/sessions', status: 201, tags, summary: 'Sign in as staff' },
  )
    .input(createStaffSessionInput)
    .output(staffSession)
    .mutation(async (options) => {
      const { cookie, ...answer } = { cookie: undefined, ...(await signIn(options)) };
      if (cookie !== undefined) options.ctx.setCookie(cookie.value, new Date(cookie.expiresAt));
      return answer;
    }),

  get: staff(own, {
    method: 'GET',
    path: '/sessions/current',
    tags,
    summary: 'Who is signed in, what they may do, and how the admin app is set up',
  })
    .input(nothing)
    .output(currentStaffSession)
    .query(runWithoutAccount(getOwnStaffSession)),

  list: staff(own, { method: 'GET', path: '/sessions', tags, summary: 'Your own sessions, newest first' })
    .input(nothing)
    .output(ownStaffSessions)
    .query(runWithoutAccount(listOwnSessions)),

  delete: staff(own, { method: 'DELETE', path: '/sessions/current', tags, summary: 'Sign out' })
    .input(nothing)
    .output(done)
    .mutation(async (options) => {
      const answer = await signOut(options);
      if (options.ctx.incoming.authorizations.length === 0) options.ctx.clearCookie();
      return answer;
    }),

  end: staff(
    { ...own, audit: { subject: 'sessionId' }, refusals: ['unauthenticated', 'not_found'] },
    { method: 'DELETE', path: '/sessions/{sessionId}', tags, summary: 'End one of your own sessions' },
  )
    .input(staffSessionInput)
    .output(done)
    .mutation(runForPerson(endOwnSession)),
});
