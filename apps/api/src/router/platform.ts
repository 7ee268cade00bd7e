import { listOf, nothing } from '@tenantry/rest/schemas';
import { listMetrics } from '@tenantry/services/platform/list-metrics';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read } from '../verb.ts';

const metric = z.object({ name: z.string(), value: z.int(), measuredAt: z.string() });

export const platformRouter = router({
  metrics: accountProcedure(
    { scope: 'platform:metrics', throttle: 'default' },
    {
      method: 'GET',
      path: '/platform/metrics',
      tags: ['platform'],
      summary: 'Figures of the whole platform, for system accounts',
    },
  )
    .input(nothing)
    .output(listOf(metric))
    .query(read(listMetrics)),
});
