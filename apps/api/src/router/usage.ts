import { listOf } from '@tenantry/contract/page';
import { listUsageInput, usage } from '@tenantry/contract/usage';
import { listUsage } from '@tenantry/services/usage/list';
import { accountProcedure, router } from '../procedure.ts';
import { read } from '../verb.ts';

export const usageRouter = router({
  list: accountProcedure(
    { scope: 'credit:read', standing: 'unpaid', throttle: 'content_read' },
    {
      method: 'GET',
      path: '/usage',
      tags: ['usage'],
      summary: 'What was spent, by day, operation, site or key',
    },
  )
    .input(listUsageInput)
    .output(listOf(usage))
    .query(read(listUsage)),
});
