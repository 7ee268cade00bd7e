import { done, nothing } from '@tenantry/contract/fields';
import { changePasswordInput, me } from '@tenantry/contract/me';
import { clearingEndedCookie } from '@tenantry/gate/authenticate/ended-cookie';
import { changePassword } from '@tenantry/services/me/change-password';
import { getMe } from '@tenantry/services/me/get';
import { person, router, runForPerson, runWithoutAccount } from '../procedures.ts';

const tags = ['me'];

export const meRouter = router({
  get: person(
    { throttle: 'content_read', refusals: ['unauthenticated'] },
    { method: 'GET', path: '/me', tags, summary: 'Who is signed in' },
  )
    .input(nothing)
    .output(me)
    .query(runWithoutAccount(getMe)),

  changePassword: person(
    { throttle: 'auth', refusals: ['unauthenticated', 'throttled'] },
    {
      method: 'POST',
      path: '/me/password',
      tags,
      summary: 'Set a new password, and end every other session',
    },
  )
    .input(changePasswordInput)
    .output(done)
    .mutation(clearingEndedCookie(runForPerson(changePassword))),
});
