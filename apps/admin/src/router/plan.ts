import { nothing } from '@tenantry/contract/fields';
import { listOf } from '@tenantry/contract/page';
import { planOfStaff } from '@tenantry/contract/staff-plan';
import { listPlansForStaff } from '@tenantry/services/catalogue/plans';
import { router, runWithoutAccount, staff } from '../procedures.ts';

export const planRouter = router({
  list: staff(
    { power: 'account:read', throttle: 'default' },
    {
      method: 'GET',
      path: '/plans',
      tags: ['plan'],
      summary: 'Every plan with its versions, and how many accounts are on each',
    },
  )
    .input(nothing)
    .output(listOf(planOfStaff))
    .query(runWithoutAccount(listPlansForStaff)),
});
