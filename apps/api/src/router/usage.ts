import { listOf } from '@tenantry/contract/page';
import { listUsageInput, usage } from '@tenantry/contract/usage';
import { listUsage } from '@tenantry/services/usage/list';
import { tenant, router, run } from '../procedures.ts';

export const usageRouter = router({
  list: tenant(
    {
      scope: 'credit:read',
      standing: 'unpaid',
      throttle: 'content_read',
      refusals: ['invalid_input', 'not_found'],
    },
    {
      method: 'GET',
      path: '/usage',
      tags: ['usage'],
      summary: 'What was spent, by day, operation, site or key',
    },
  )
    .input(listUsageInput)
    .output(listOf(usage))
    .query(run(listUsage)),
});
