import { credential } from '@tenantry/contract/credential';
import { nothing } from '@tenantry/contract/fields';
import { describeCredential } from '@tenantry/gate/work/credential';
import { anyCredential, router } from '../procedures.ts';

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
});
