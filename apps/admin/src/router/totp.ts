import { done } from '@tenantry/contract/fields';
import {
  createTotpInput,
  ownerCodeInput,
  recoveryCodes,
  totpCodeInput,
  totpSetup,
} from '@tenantry/contract/totp';
import {
  confirmStaffTotp,
  createStaffTotp,
  disableStaffTotp,
  renewStaffRecoveryCodes,
} from '@tenantry/services/staff/own-security';
import { router, runForPerson, staff } from '../procedures.ts';

const tags = ['totp'];
const own = {
  power: 'any',
  throttle: 'auth',
  refusals: ['unauthenticated', 'conflict', 'throttled'],
} as const;
const setsUp = { ...own, beforeSecondFactor: true } as const;

export const totpRouter = router({
  create: staff(
    { ...setsUp, secrets: ['secret', 'uri'] },
    { method: 'POST', path: '/me/totp', status: 201, tags, summary: 'Begin to set up an authenticator app' },
  )
    .input(createTotpInput)
    .output(totpSetup)
    .mutation(runForPerson(createStaffTotp)),

  confirm: staff(
    { ...setsUp, secrets: ['recoveryCodes'] },
    {
      method: 'POST',
      path: '/me/totp/confirm',
      tags,
      summary: 'Confirm the authenticator app with a code, and get the recovery codes',
    },
  )
    .input(totpCodeInput)
    .output(recoveryCodes)
    .mutation(runForPerson(confirmStaffTotp)),

  renewRecoveryCodes: staff(
    { ...own, secrets: ['recoveryCodes'] },
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
    .mutation(runForPerson(renewStaffRecoveryCodes)),

  disable: staff(own, {
    method: 'POST',
    path: '/me/totp/disable',
    tags,
    summary: 'Remove the authenticator app with the password and a code',
  })
    .input(ownerCodeInput)
    .output(done)
    .mutation(runForPerson(disableStaffTotp)),
});
