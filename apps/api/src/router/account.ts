import { account, updateAccountInput } from '@tenantry/contract/account';
import { nothing } from '@tenantry/contract/fields';
import { getAccount } from '@tenantry/services/account/get';
import { updateAccount } from '@tenantry/services/account/update';
import { tenant, router, run } from '../procedures.ts';

const tags = ['account'];

export const accountRouter = router({
  get: tenant(
    { scope: 'account:read', standing: 'unpaid', throttle: 'content_read' },
    { method: 'GET', path: '/account', tags, summary: 'The account' },
  )
    .input(nothing)
    .output(account)
    .query(run(getAccount)),

  update: tenant(
    { scope: 'account:write', throttle: 'content_write' },
    { method: 'PATCH', path: '/account', tags, summary: 'Change the account' },
  )
    .input(updateAccountInput)
    .output(account)
    .mutation(run(updateAccount)),
});
