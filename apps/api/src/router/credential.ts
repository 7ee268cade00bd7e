import { credential } from '@tenantry/contract/credential';
import { credentialVerdict, verifyCredentialInput } from '@tenantry/contract/credential-verification';
import { nothing } from '@tenantry/contract/fields';
import { describeCredential } from '@tenantry/gate/work/credential';
import { runVerification } from '@tenantry/gate/work/verify';
import { holdCredits } from '@tenantry/services/credit/hold';
import { anyCredential, router, service } from '../procedures.ts';

export const credentialRouter = router({
  get: anyCredential(
    { throttle: 'content_read' },
    {
      method: 'GET',
      path: '/credential',
      tags: ['credential'],
      summary: 'What the credential of this call is',
    },
  )
    .input(nothing)
    .output(credential)
    .query(async ({ ctx }) => describeCredential(ctx)),

  verify: service(
    { serviceScope: 'credential:verify', throttle: 'default' },
    {
      method: 'POST',
      path: '/credentials/verify',
      tags: ['credential'],
      summary: "Ask the gate about a customer's credential, and hold credits",
      description:
        'Runs the gate for the credential of the body: account, standing, role or scope, feature, throttle, then the limit, then the hold. A refusal is an answer with `valid: false` and the status, the code and the figures that a direct call would get.',
    },
  )
    .input(verifyCredentialInput)
    .output(credentialVerdict)
    .mutation(runVerification(holdCredits)),
});
