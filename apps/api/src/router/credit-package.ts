import { buyPackageInput, creditPackage, creditPurchase } from '@tenantry/contract/credit-package';
import { nothing } from '@tenantry/contract/fields';
import { listOf } from '@tenantry/contract/page';
import { buyPackage } from '@tenantry/services/credit-package/buy';
import { listPackages } from '@tenantry/services/credit-package/list';
import { open, router, run, runWithoutAccount, tenant } from '../procedures.ts';

const tags = ['credit'];

export const creditPackageRouter = router({
  list: open(
    { throttle: 'default' },
    { method: 'GET', path: '/credits/packages', tags, summary: 'The packages of credits on offer' },
  )
    .input(nothing)
    .output(listOf(creditPackage))
    .query(runWithoutAccount(listPackages)),

  buy: tenant(
    {
      scope: 'billing:write',
      standing: 'unpaid',
      throttle: 'billing',
      refusals: ['provider_disabled', 'not_found'],
    },
    {
      method: 'POST',
      path: '/credits/purchases',
      status: 201,
      tags,
      summary: 'Ask for a package of credits',
    },
  )
    .input(buyPackageInput)
    .output(creditPurchase)
    .mutation(run(buyPackage)),
});
