import { nothing } from '@tenantry/contract/fields';
import {
  changeSubscriptionInput,
  subscription,
  subscriptionChange,
  subscriptionPreview,
} from '@tenantry/contract/subscription';
import { cancelSubscription, resumeSubscription } from '@tenantry/services/subscription/cancel';
import { changeSubscription } from '@tenantry/services/subscription/change';
import { getSubscription } from '@tenantry/services/subscription/get';
import { previewChange } from '@tenantry/services/subscription/preview';
import { tenant, router, run } from '../procedures.ts';

const tags = ['subscription'];
/** Whoever owes money may still say what becomes of the subscription. */
const writes = { scope: 'billing:write', standing: 'unpaid', throttle: 'billing' } as const;

export const subscriptionRouter = router({
  get: tenant(
    { scope: 'billing:read', standing: 'any', throttle: 'billing' },
    { method: 'GET', path: '/subscription', tags, summary: 'The subscription and its standing' },
  )
    .input(nothing)
    .output(subscription)
    .query(run(getSubscription)),

  preview: tenant(
    { ...writes, reach: 'account', refusals: ['provider_disabled', 'not_found', 'conflict'] },
    {
      method: 'POST',
      path: '/subscription/preview',
      tags,
      summary: 'What a change of plan would cost and bring',
    },
  )
    .input(changeSubscriptionInput)
    .output(subscriptionPreview)
    .query(run(previewChange)),

  change: tenant(
    { ...writes, refusals: ['provider_disabled', 'not_found', 'conflict'] },
    { method: 'POST', path: '/subscription/change', tags, summary: 'Ask for another plan' },
  )
    .input(changeSubscriptionInput)
    .output(subscriptionChange)
    .mutation(run(changeSubscription)),

  cancel: tenant(
    { ...writes, refusals: ['conflict'] },
    {
      method: 'POST',
      path: '/subscription/cancel',
      tags,
      summary: 'Let the subscription end when the paid time is over',
    },
  )
    .input(nothing)
    .output(subscription)
    .mutation(run(cancelSubscription)),

  resume: tenant(
    { ...writes, refusals: ['conflict'] },
    { method: 'POST', path: '/subscription/resume', tags, summary: 'Take a cancellation back' },
  )
    .input(nothing)
    .output(subscription)
    .mutation(run(resumeSubscription)),
});
