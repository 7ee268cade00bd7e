import { searchAccounts } from '@tenantry/db/staff/queries';
import { orThrow } from '@tenantry/gate/error-boundary';
import { present } from '@tenantry/rest/present';
import { id, listOf, pageFields, text } from '@tenantry/rest/schemas';
import { getAccountForStaff } from '@tenantry/services/staff/get-account';
import { reactivateAccount, suspendAccount } from '@tenantry/services/staff/suspend';
import { z } from 'zod';
import { router, staffProcedure } from '../procedure.ts';
import { reason } from './inputs.ts';
import { accountDetail, accountOutput, accountRow } from './outputs.ts';

const tags = ['account'];
const change = z.strictObject({ accountId: id, reason });

export const accountRouter = router({
  list: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/accounts', tags, summary: 'Accounts, newest first' },
  )
    .input(z.strictObject({ ...pageFields, name: text(200).optional() }).prefault({}))
    .output(listOf(accountRow))
    .query(({ ctx, input }) => ctx.app.database.withoutAccount.read({}, (tx) => searchAccounts(tx, input))),

  get: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/accounts/{accountId}', tags, summary: 'One account' },
  )
    .input(z.strictObject({ accountId: id }))
    .output(accountDetail)
    .query(async ({ ctx, input }) => present(orThrow(await getAccountForStaff(ctx.flow, input)))),

  suspend: staffProcedure(
    { power: 'account:suspend' },
    { method: 'POST', path: '/accounts/{accountId}/suspend', tags, summary: 'Suspend an account' },
  )
    .input(change)
    .output(accountOutput)
    .mutation(async ({ ctx, input }) => present(orThrow(await suspendAccount(ctx.flow, input)))),

  reactivate: staffProcedure(
    { power: 'account:suspend' },
    { method: 'POST', path: '/accounts/{accountId}/reactivate', tags, summary: 'Lift a suspension' },
  )
    .input(change)
    .output(accountOutput)
    .mutation(async ({ ctx, input }) => present(orThrow(await reactivateAccount(ctx.flow, input)))),
});
