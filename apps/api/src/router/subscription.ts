import { nothing } from '@tenantry/contract/fields';
import { changeSubscriptionInput, subscription, subscriptionChange } from '@tenantry/contract/subscription';
import { changeSubscription } from '@tenantry/services/subscription/change';
import { getSubscription } from '@tenantry/services/subscription/get';
import { tenant, router, run } from '../procedures.ts';

const tags = ['subscription'];

export const subscriptionRouter = router({
  get: tenant(
    { scope: 'billing:read', standing: 'any', throttle: 'billing' },
    { method: 'GET', path: '/subscription', tags, summary: 'The subscription and its standing' },
  )
    .input(nothing)
    .output(subscription)
    .query(run(getSubscription)),

  change: tenant(
    {
      scope: 'billing:write',
      standing: 'unpaid',
      throttle: 'billing',
      refusals: ['provider_disabled', 'not_found', 'conflict'],
    },
    { method: 'POST', path: '/subscription/change', tags, summary: 'Ask for another plan' },
  )
    .input(changeSubscriptionInput)
    .output(subscriptionChange)
    .mutation(run(changeSubscription)),
});
