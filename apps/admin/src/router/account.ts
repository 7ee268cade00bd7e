import { listOf } from '@tenantry/contract/page';
import {
  changeAccountStatusInput,
  searchAccountsInput,
  staffAccount,
  staffAccountDetail,
  staffAccountInput,
  staffAccountRow,
} from '@tenantry/contract/staff-account';
import { getAccountForStaff } from '@tenantry/services/staff/get-account';
import { listAccountsForStaff } from '@tenantry/services/staff/list-accounts';
import { reactivateAccount, suspendAccount } from '@tenantry/services/staff/suspend';
import { router, run, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['account'];
const reads = { power: 'account:read', throttle: 'default' } as const;
const suspends = {
  power: 'account:suspend',
  throttle: 'default',
  account: ['accountId'],
  audit: { subject: 'accountId', facts: ['reason'] },
  refusals: ['conflict'],
} as const;

export const accountRouter = router({
  list: staff(reads, {
    method: 'GET',
    path: '/accounts',
    tags,
    summary: 'Accounts, by a text that names them and by filters',
  })
    .input(searchAccountsInput)
    .output(listOf(staffAccountRow))
    .query(runWithoutAccount(listAccountsForStaff)),

  get: staff(
    { ...reads, account: ['accountId'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}',
      tags,
      summary: 'One account with its subscription, credits and open invoices',
    },
  )
    .input(staffAccountInput)
    .output(staffAccountDetail)
    .query(run(getAccountForStaff)),

  suspend: staff(suspends, {
    method: 'POST',
    path: '/accounts/{accountId}/suspend',
    tags,
    summary: 'Suspend an account',
  })
    .input(changeAccountStatusInput)
    .output(staffAccount)
    .mutation(run(suspendAccount)),

  reactivate: staff(suspends, {
    method: 'POST',
    path: '/accounts/{accountId}/reactivate',
    tags,
    summary: 'Lift a suspension',
  })
    .input(changeAccountStatusInput)
    .output(staffAccount)
    .mutation(run(reactivateAccount)),
});
