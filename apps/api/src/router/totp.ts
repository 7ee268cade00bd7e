import { done, nothing } from '@tenantry/contract/fields';
import { recoveryCodes, totpCodeInput, totpSetup } from '@tenantry/contract/totp';
import { confirmTotp } from '@tenantry/services/totp/confirm';
import { createTotp } from '@tenantry/services/totp/create';
import { disableTotp } from '@tenantry/services/totp/disable';
import { person, router, runForPerson } from '../procedures.ts';

const tags = ['totp'];

export const totpRouter = router({
  create: person(
    { throttle: 'auth', secrets: ['secret', 'uri'], refusals: ['unauthenticated', 'conflict'] },
    {
      method: 'POST',
      path: '/me/totp',
      status: 201,
      tags,
      summary: 'Begin to set up an authenticator app',
    },
  )
    .input(nothing)
    .output(totpSetup)
    .mutation(runForPerson(createTotp)),

  confirm: person(
    { throttle: 'auth', secrets: ['recoveryCodes'], refusals: ['unauthenticated', 'conflict', 'throttled'] },
    {
      method: 'POST',
      path: '/me/totp/confirm',
      tags,
      summary: 'Confirm the authenticator app with a code, and get the recovery codes',
    },
  )
    .input(totpCodeInput)
    .output(recoveryCodes)
    .mutation(runForPerson(confirmTotp)),

  disable: person(
    { throttle: 'auth', refusals: ['unauthenticated', 'conflict', 'throttled'] },
    {
      method: 'POST',
      path: '/me/totp/disable',
      tags,
      summary: 'Remove the authenticator app with a code',
    },
  )
    .input(totpCodeInput)
    .output(done)
    .mutation(runForPerson(disableTotp)),
});
