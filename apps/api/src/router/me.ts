import { done, nothing } from '@tenantry/contract/fields';
import {
  changeEmailInput,
  changePasswordInput,
  confirmEmailInput,
  me,
  updateMeInput,
} from '@tenantry/contract/me';
import { clearingEndedCookie } from '@tenantry/gate/authenticate/ended-cookie';
import { changePassword } from '@tenantry/services/me/change-password';
import { changeEmail } from '@tenantry/services/me/change-email';
import { confirmEmail } from '@tenantry/services/me/confirm-email';
import { updateMe } from '@tenantry/services/me/update';
import { getMe } from '@tenantry/services/me/get';
import { open, person, router, runForPerson, runWithoutAccount } from '../procedures.ts';

const tags = ['me'];

export const meRouter = router({
  get: person(
    { throttle: 'content_read', refusals: ['unauthenticated'] },
    { method: 'GET', path: '/me', tags, summary: 'Who is signed in' },
  )
    .input(nothing)
    .output(me)
    .query(runWithoutAccount(getMe)),

  update: person(
    { throttle: 'content_write', refusals: ['unauthenticated'] },
    { method: 'PATCH', path: '/me', tags, summary: 'Change your name' },
  )
    .input(updateMeInput)
    .output(me)
    .mutation(runForPerson(updateMe)),

  changeEmail: person(
    { throttle: 'auth_strict', refusals: ['unauthenticated', 'throttled', 'email_taken'] },
    {
      method: 'POST',
      path: '/me/email',
      tags,
      summary: 'Ask for another e-mail address',
      description: 'A link is mailed to the new address, which takes effect when it is followed.',
    },
  )
    .input(changeEmailInput)
    .output(done)
    .mutation(runForPerson(changeEmail)),

  confirmEmail: open(
    { throttle: 'auth', refusals: ['not_found', 'email_taken'] },
    {
      method: 'POST',
      path: '/me/email/confirm',
      tags,
      summary: 'Confirm a new address with the token from the e-mail',
    },
  )
    .input(confirmEmailInput)
    .output(done)
    .mutation(runWithoutAccount(confirmEmail)),

  changePassword: person(
    { throttle: 'auth', refusals: ['unauthenticated', 'throttled', 'invalid_input'] },
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
