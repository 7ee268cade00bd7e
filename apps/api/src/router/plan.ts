import { nothing } from '@tenantry/contract/fields';
import { listOf } from '@tenantry/contract/page';
import { plan } from '@tenantry/contract/plan';
import { listPlans } from '@tenantry/services/plan/list';
import { flowOf } from '../flow-of.ts';
import { openProcedure, router } from '../procedure.ts';

export const planRouter = router({
  list: openProcedure(
    { throttle: 'default' },
    { method: 'GET', path: '/plans', tags: ['plan'], summary: 'The plans on offer' },
  )
    .input(nothing)
    .output(listOf(plan))
    .query(({ ctx }) => listPlans(flowOf(ctx))),
});
