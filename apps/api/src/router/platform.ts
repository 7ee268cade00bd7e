import { nothing } from '@tenantry/contract/fields';
import { listOf } from '@tenantry/contract/page';
import { platformMetric } from '@tenantry/contract/platform';
import { listMetrics } from '@tenantry/services/platform/list-metrics';
import { tenant, router, run } from '../procedures.ts';

export const platformRouter = router({
  metrics: tenant(
    { scope: 'platform:metrics', reach: 'account', throttle: 'default' },
    {
      method: 'GET',
      path: '/platform/metrics',
      tags: ['platform'],
      summary: 'Figures of the whole platform, for system accounts',
    },
  )
    .input(nothing)
    .output(listOf(platformMetric))
    .query(run(listMetrics)),
});
