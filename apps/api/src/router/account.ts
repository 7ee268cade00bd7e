import { account, updateAccountInput } from '@tenantry/contract/account';
import { nothing } from '@tenantry/contract/fields';
import { getAccount } from '@tenantry/services/account/get';
import { updateAccount } from '@tenantry/services/account/update';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';

const tags = ['account'];

export const accountRouter = router({
  get: accountProcedure(
    { scope: 'account:read', standing: 'unpaid', throttle: 'content_read' },
    { method: 'GET', path: '/account', tags, summary: 'The account' },
  )
    .input(nothing)
    .output(account)
    .query(read(getAccount)),

  update: accountProcedure(
    { scope: 'account:write', throttle: 'content_write' },
    { method: 'PATCH', path: '/account', tags, summary: 'Change the account' },
  )
    .input(updateAccountInput)
    .output(account)
    .mutation(verb(updateAccount)),
});
