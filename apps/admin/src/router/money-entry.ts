import { listStaffMoneyEntriesInput, staffMoneyEntry } from '@tenantry/contract/money-entry';
import { listOf } from '@tenantry/contract/page';
import { listMoneyEntries } from '@tenantry/services/payment/list-money-entries';
import { router, run, staff } from '../procedures.ts';

export const moneyEntryRouter = router({
  list: staff(
    { power: 'account:read', throttle: 'default', account: ['accountId'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/money-entries',
      tags: ['payment'],
      summary: 'The journal of the money of an account, newest first',
    },
  )
    .input(listStaffMoneyEntriesInput)
    .output(listOf(staffMoneyEntry))
    .query(run(listMoneyEntries)),
});
