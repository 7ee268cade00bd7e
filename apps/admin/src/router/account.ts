import { listOf } from '@tenantry/contract/page';
import {
  changeAccountStatusInput,
  searchAccountsInput,
  staffAccount,
  staffAccountDetail,
  staffAccountInput,
  staffAccountRow,
} from '@tenantry/contract/staff-account';
import { searchAccounts } from '@tenantry/db/staff/queries';
import { orThrow } from '@tenantry/gate/error-boundary';
import { present } from '@tenantry/rest/present';
import { getAccountForStaff } from '@tenantry/services/staff/get-account';
import { reactivateAccount, suspendAccount } from '@tenantry/services/staff/suspend';
import { router, staffProcedure } from '../procedure.ts';

const tags = ['account'];

export const accountRouter = router({
  list: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/accounts', tags, summary: 'Accounts, newest first' },
  )
    .input(searchAccountsInput)
    .output(listOf(staffAccountRow))
    .query(({ ctx, input }) => ctx.app.database.withoutAccount.read({}, (tx) => searchAccounts(tx, input))),

  get: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/accounts/{accountId}', tags, summary: 'One account' },
  )
    .input(staffAccountInput)
    .output(staffAccountDetail)
    .query(async ({ ctx, input }) => present(orThrow(await getAccountForStaff(ctx.flow, input)))),

  suspend: staffProcedure(
    { power: 'account:suspend' },
    { method: 'POST', path: '/accounts/{accountId}/suspend', tags, summary: 'Suspend an account' },
  )
    .input(changeAccountStatusInput)
    .output(staffAccount)
    .mutation(async ({ ctx, input }) => present(orThrow(await suspendAccount(ctx.flow, input)))),

  reactivate: staffProcedure(
    { power: 'account:suspend' },
    { method: 'POST', path: '/accounts/{accountId}/reactivate', tags, summary: 'Lift a suspension' },
  )
    .input(changeAccountStatusInput)
    .output(staffAccount)
    .mutation(async ({ ctx, input }) => present(orThrow(await reactivateAccount(ctx.flow, input)))),
});
