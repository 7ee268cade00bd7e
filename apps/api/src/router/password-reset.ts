import { done } from '@tenantry/contract/fields';
import { confirmPasswordResetInput, createPasswordResetInput } from '@tenantry/contract/password-reset';
import { clearingEndedCookie } from '@tenantry/gate/authenticate/ended-cookie';
import { confirmPasswordReset } from '@tenantry/services/password-reset/confirm';
import { createPasswordReset } from '@tenantry/services/password-reset/create';
import { open, router, runWithoutAccount } from '../procedures.ts';

const tags = ['password'];

export const passwordResetRouter = router({
  create: open(
    { throttle: 'auth_strict' },
    {
      method: 'POST',
      path: '/password-resets',
      tags,
      summary: 'Ask for an e-mail with a link to set a new password',
      description: 'The answer is the same whether the address is known or not.',
    },
  )
    .input(createPasswordResetInput)
    .output(done)
    .mutation(runWithoutAccount(createPasswordReset)),

  confirm: open(
    { throttle: 'auth', refusals: ['not_found', 'invalid_input'] },
    {
      method: 'POST',
      path: '/password-resets/confirm',
      tags,
      summary: 'Set a new password with the token from the e-mail, and end every session',
    },
  )
    .input(confirmPasswordResetInput)
    .output(done)
    .mutation(clearingEndedCookie(runWithoutAccount(confirmPasswordReset))),
});
