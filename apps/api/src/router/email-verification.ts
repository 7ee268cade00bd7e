import { confirmEmailVerificationInput } from '@tenantry/contract/email-verification';
import { done, nothing } from '@tenantry/contract/fields';
import { confirmEmailVerification } from '@tenantry/services/email-verification/confirm';
import { createEmailVerification } from '@tenantry/services/email-verification/create';
import { open, person, router, runForPerson, runWithoutAccount } from '../procedures.ts';

const tags = ['email'];

export const emailVerificationRouter = router({
  create: person(
    { throttle: 'auth_strict', refusals: ['unauthenticated', 'conflict', 'throttled'] },
    {
      method: 'POST',
      path: '/email-verifications',
      tags,
      summary: 'Ask for an e-mail with a link that confirms your address',
    },
  )
    .input(nothing)
    .output(done)
    .mutation(runForPerson(createEmailVerification)),

  confirm: open(
    { throttle: 'auth', refusals: ['not_found'] },
    {
      method: 'POST',
      path: '/email-verifications/confirm',
      tags,
      summary: 'Confirm an address with the token from the e-mail',
    },
  )
    .input(confirmEmailVerificationInput)
    .output(done)
    .mutation(runWithoutAccount(confirmEmailVerification)),
});
