import { listOf } from '@tenantry/contract/page';
import { staffUsageInput } from '@tenantry/contract/staff-credit';
import { usage } from '@tenantry/contract/usage';
import { listUsage } from '@tenantry/services/usage/list';
import { router, run, staff } from '../procedures.ts';

export const usageRouter = router({
  list: staff(
    {
      power: 'account:read',
      throttle: 'default',
      account: ['accountId'],
      refusals: ['invalid_input', 'not_found'],
    },
    {
      method: 'GET',
      path: '/accounts/{accountId}/usage',
      tags: ['usage'],
      summary: 'What an account spent, by day, operation, site or key',
    },
  )
    .input(staffUsageInput)
    .output(listOf(usage))
    .query(run(listUsage)),
});
