import { registerInput, registration } from '@tenantry/contract/registration';
import { register } from '@tenantry/services/registration/create';
import { open, router, runWithoutAccount } from '../procedures.ts';

export const registrationRouter = router({
  create: open(
    { throttle: 'auth_strict', refusals: ['not_found', 'invalid_input', 'email_taken', 'provider_disabled'] },
    {
      method: 'POST',
      path: '/registrations',
      status: 201,
      tags: ['registration'],
      summary: 'Register a person with an account of their own',
      description:
        'Makes user, account, owner membership and subscription. The trial plan has credits at once; a paid plan waits for its first payment.',
    },
  )
    .input(registerInput)
    .output(registration)
    .mutation(runWithoutAccount(register)),
});
