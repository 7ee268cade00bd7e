import { accountChange } from '@tenantry/contract/account-change';
import { nothing } from '@tenantry/contract/fields';
import { apiProcedureRow, explainRefusalInput, gateExplanation } from '@tenantry/contract/gate-explanation';
import { listOf } from '@tenantry/contract/page';
import {
  changeAccountStatusInput,
  searchAccountsInput,
  staffAccount,
  staffAccountDetail,
  staffAccountInput,
  staffAccountPageInput,
  staffAccountRow,
} from '@tenantry/contract/staff-account';
import { listApiProcedures, runExplanation } from '@tenantry/gate/work/explain';
import { getAccountForStaff } from '@tenantry/services/staff/get-account';
import { listAccountChanges } from '@tenantry/services/staff/list-changes';
import { listAccountsForStaff } from '@tenantry/services/staff/list-accounts';
import { closeAccountForStaff, reactivateAccount, suspendAccount } from '@tenantry/services/staff/suspend';
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

  close: staff(
    { ...suspends, power: 'account:close' },
    {
      method: 'POST',
      path: '/accounts/{accountId}/close',
      tags,
      summary: 'Close an account for good',
      description:
        'Its keys and open invitations end and its open holds are given back. Nobody opens it again.',
    },
  )
    .input(changeAccountStatusInput)
    .output(staffAccount)
    .mutation(run(closeAccountForStaff)),

  listChanges: staff(
    { ...reads, account: ['accountId'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/changes',
      tags,
      summary: 'Who changed what in an account, newest first',
    },
  )
    .input(staffAccountPageInput)
    .output(listOf(accountChange))
    .query(run(listAccountChanges)),

  explainRefusal: staff(
    { ...reads, account: ['accountId'], refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/explain-refusal',
      tags,
      summary: 'What the gate of the API would say of a call with a credential of the account, and why',
      description: 'It asks the rules that a call asks, counts nothing, and names the fact that decided.',
    },
  )
    .input(explainRefusalInput)
    .output(gateExplanation)
    .query(runExplanation()),

  listProcedures: staff(reads, {
    method: 'GET',
    path: '/api-procedures',
    tags,
    summary: 'The procedures of the API, by name',
  })
    .input(nothing)
    .output(listOf(apiProcedureRow))
    .query(runWithoutAccount(listApiProcedures)),
});
