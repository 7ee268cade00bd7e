import { done } from '@tenantry/contract/fields';
import {
  createTotpInput,
  ownerCodeInput,
  recoveryCodes,
  totpCodeInput,
  totpSetup,
} from '@tenantry/contract/totp';
import { confirmTotp } from '@tenantry/services/totp/confirm';
import { createTotp } from '@tenantry/services/totp/create';
import { renewRecoveryCodes } from '@tenantry/services/totp/renew-recovery-codes';
import { disableTotp } from '@tenantry/services/totp/disable';
import { person, router, runForPerson } from '../procedures.ts';

const tags = ['totp'];

export const totpRouter = router({
  create: person(
    {
      throttle: 'auth',
      secrets: ['secret', 'uri'],
      refusals: ['unauthenticated', 'throttled', 'email_unverified', 'conflict'],
    },
    {
      method: 'POST',
      path: '/me/totp',
      status: 201,
      tags,
      summary: 'Begin to set up an authenticator app',
    },
  )
    .input(createTotpInput)
    .output(totpSetup)
    .mutation(runForPerson(createTotp)),

  confirm: person(
    {
      throttle: 'auth',
      secrets: ['recoveryCodes'],
      refusals: ['unauthenticated', 'email_unverified', 'conflict', 'throttled'],
    },
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

  renewRecoveryCodes: person(
    { throttle: 'auth', secrets: ['recoveryCodes'], refusals: ['unauthenticated', 'conflict', 'throttled'] },
    {
      method: 'POST',
      path: '/me/totp/recovery-codes',
      status: 201,
      tags,
      summary: 'Make new recovery codes in place of the old ones',
    },
  )
    .input(ownerCodeInput)
    .output(recoveryCodes)
    .mutation(runForPerson(renewRecoveryCodes)),

  disable: person(
    { throttle: 'auth', refusals: ['unauthenticated', 'conflict', 'throttled'] },
    {
      method: 'POST',
      path: '/me/totp/disable',
      tags,
      summary: 'Remove the authenticator app with the password and a code',
    },
  )
    .input(ownerCodeInput)
    .output(done)
    .mutation(runForPerson(disableTotp)),
});
