import { nothing } from '@tenantry/contract/fields';
import { listOf } from '@tenantry/contract/page';
import { plan } from '@tenantry/contract/plan';
import { listPlans } from '@tenantry/services/plan/list';
import { open, router, runWithoutAccount } from '../procedures.ts';

export const planRouter = router({
  list: open(
    { throttle: 'default' },
    { method: 'GET', path: '/plans', tags: ['plan'], summary: 'The plans on offer, cheapest first' },
  )
    .input(nothing)
    .output(listOf(plan))
    .query(runWithoutAccount(listPlans)),
});
