import { done, nothing } from '@tenantry/contract/fields';
import { createStaffSessionInput, currentStaffSession, staffSession } from '@tenantry/contract/staff-session';
import { createStaffSession } from '@tenantry/services/staff/create-session';
import { deleteStaffSession } from '@tenantry/services/staff/delete-session';
import { getOwnStaffSession } from '@tenantry/services/staff/get-session';
import { open, router, runForPerson, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['session'];
const own = { power: 'any', throttle: 'default', refusals: ['unauthenticated'] } as const;
const signIn = runWithoutAccount(createStaffSession);
const signOut = runForPerson(deleteStaffSession);

export const sessionRouter = router({
  create: open(
    { throttle: 'auth', refusals: ['unauthenticated', 'throttled'] },
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

  delete: staff(own, { method: 'DELETE', path: '/sessions/current', tags, summary: 'Sign out' })
    .input(nothing)
    .output(done)
    .mutation(async (options) => {
      const answer = await signOut(options);
      if (options.ctx.incoming.authorizations.length === 0) options.ctx.clearCookie();
      return answer;
    }),
});
