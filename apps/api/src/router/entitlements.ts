import { entitlements } from '@tenantry/contract/entitlements';
import { nothing } from '@tenantry/contract/fields';
import { getEntitlements } from '@tenantry/services/entitlements/get';
import { router, run, tenant } from '../procedures.ts';

export const entitlementsRouter = router({
  get: tenant(
    { scope: 'any', standing: 'unpaid', throttle: 'content_read' },
    {
      method: 'GET',
      path: '/entitlements',
      tags: ['subscription'],
      summary: 'What the account may do by its plan',
    },
  )
    .input(nothing)
    .output(entitlements)
    .query(run(getEntitlements)),
});
