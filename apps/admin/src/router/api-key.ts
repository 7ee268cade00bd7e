import { apiKey } from '@tenantry/contract/api-key';
import { removed } from '@tenantry/contract/fields';
import { listOf } from '@tenantry/contract/page';
import { revokeKeyForStaffInput } from '@tenantry/contract/staff-access';
import { staffAccountPageInput } from '@tenantry/contract/staff-account';
import { listKeys } from '@tenantry/services/api-key/list';
import { revokeKey } from '@tenantry/services/api-key/revoke';
import { router, run, staff } from '../procedures.ts';

const tags = ['apiKey'];

export const apiKeyRouter = router({
  list: staff(
    { power: 'account:read', throttle: 'default', account: ['accountId'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/api-keys',
      tags,
      summary: 'The API keys of an account, newest first, and those that have ended',
    },
  )
    .input(staffAccountPageInput)
    .output(listOf(apiKey))
    .query(run(listKeys)),

  revoke: staff(
    {
      power: 'access:revoke',
      throttle: 'default',
      account: ['accountId'],
      audit: { subject: 'keyId', facts: ['reason'] },
      refusals: ['not_found'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/api-keys/{keyId}/revoke',
      tags,
      summary: 'Revoke an API key of an account, now and for good',
    },
  )
    .input(revokeKeyForStaffInput)
    .output(removed)
    .mutation(run(revokeKey)),
});
