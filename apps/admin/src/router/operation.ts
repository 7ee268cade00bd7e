import { listOf } from '@tenantry/contract/page';
import { listPricesInput, operationPrice } from '@tenantry/contract/staff-operation';
import { listPricesForStaff } from '@tenantry/services/catalogue/prices';
import { router, runWithoutAccount, staff } from '../procedures.ts';

export const operationRouter = router({
  listPrices: staff(
    { power: 'account:read', throttle: 'default', refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/operations/{operation}/prices',
      tags: ['operation'],
      summary: 'What an operation costs and has cost, newest first',
    },
  )
    .input(listPricesInput)
    .output(listOf(operationPrice))
    .query(runWithoutAccount(listPricesForStaff)),
});
