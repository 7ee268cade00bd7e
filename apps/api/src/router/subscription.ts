import { nothing } from '@tenantry/contract/fields';
import { changeSubscriptionInput, subscription, subscriptionChange } from '@tenantry/contract/subscription';
import { changeSubscription } from '@tenantry/services/subscription/change';
import { getSubscription } from '@tenantry/services/subscription/get';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';

const tags = ['subscription'];

export const subscriptionRouter = router({
  get: accountProcedure(
    { scope: 'billing:read', standing: 'any', throttle: 'billing' },
    { method: 'GET', path: '/subscription', tags, summary: 'The subscription and its standing' },
  )
    .input(nothing)
    .output(subscription)
    .query(read(getSubscription)),

  change: accountProcedure(
    { scope: 'billing:write', standing: 'unpaid', throttle: 'billing' },
    { method: 'POST', path: '/subscription/change', tags, summary: 'Ask for another plan' },
  )
    .input(changeSubscriptionInput)
    .output(subscriptionChange)
    .mutation(verb(changeSubscription)),
});
