import { listOf } from '@tenantry/contract/page';
import { site } from '@tenantry/contract/site';
import { staffAccountPageInput } from '@tenantry/contract/staff-account';
import { listSites } from '@tenantry/services/site/list';
import { router, run, staff } from '../procedures.ts';

export const siteRouter = router({
  list: staff(
    { power: 'account:read', throttle: 'default', account: ['accountId'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/sites',
      tags: ['site'],
      summary: 'The sites of an account, newest first',
    },
  )
    .input(staffAccountPageInput)
    .output(listOf(site))
    .query(run(listSites)),
});
