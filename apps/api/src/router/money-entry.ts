import { listMoneyEntriesInput, moneyEntry } from '@tenantry/contract/money-entry';
import { listOf } from '@tenantry/contract/page';
import { listMoneyEntries } from '@tenantry/services/payment/list-money-entries';
import { router, run, tenant } from '../procedures.ts';

export const moneyEntryRouter = router({
  list: tenant(
    { scope: 'billing:read', standing: 'any', throttle: 'billing' },
    {
      method: 'GET',
      path: '/money-entries',
      tags: ['payment'],
      summary: 'The journal of the money of the account, newest first',
    },
  )
    .input(listMoneyEntriesInput)
    .output(listOf(moneyEntry))
    .query(run(listMoneyEntries)),
});
