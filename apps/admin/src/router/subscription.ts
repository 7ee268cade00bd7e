import {
  extendSubscriptionInput,
  previewExtensionInput,
  staffChangePlanInput,
  staffPaymentMethodInput,
  staffPreviewPlanInput,
  subscriptionExtension,
} from '@tenantry/contract/staff-subscription';
import { subscription, subscriptionChange, subscriptionPreview } from '@tenantry/contract/subscription';
import { extendSubscription, previewExtension } from '@tenantry/services/staff/extend';
import { changePlanForStaff, setPaymentMethod } from '@tenantry/services/staff/subscription';
import { previewChange } from '@tenantry/services/subscription/preview';
import { router, run, staff } from '../procedures.ts';

const tags = ['subscription'];
const manages = { power: 'subscription:manage', throttle: 'default', account: ['accountId'] } as const;

export const subscriptionRouter = router({
  preview: staff(
    { ...manages, refusals: ['provider_disabled', 'not_found', 'conflict'] },
    {
      method: 'POST',
      path: '/accounts/{accountId}/subscription/preview',
      tags,
      summary: 'What a change of plan would cost an account, and bring',
    },
  )
    .input(staffPreviewPlanInput)
    .output(subscriptionPreview)
    .query(run(previewChange)),

  change: staff(
    {
      ...manages,
      audit: { subject: 'accountId', facts: ['planSlug', 'paymentMethod', 'reason'] },
      refusals: ['provider_disabled', 'not_found', 'conflict', 'role_forbids'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/subscription/change',
      tags,
      summary: 'Ask for another plan for an account',
      description: 'As its owner would: the plan begins when the invoice is paid.',
    },
  )
    .input(staffChangePlanInput)
    .output(subscriptionChange)
    .mutation(run(changePlanForStaff)),

  previewExtension: staff(
    { ...manages, refusals: ['conflict'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/subscription/extension-preview',
      tags,
      summary: 'What more days of trial or grace would bring',
    },
  )
    .input(previewExtensionInput)
    .output(subscriptionExtension)
    .query(run(previewExtension)),

  extend: staff(
    {
      ...manages,
      audit: { subject: 'accountId', facts: ['days', 'reason'] },
      refusals: ['conflict', 'role_forbids'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/subscription/extend',
      tags,
      summary: 'Make a trial, or the grace of a paid plan, longer',
    },
  )
    .input(extendSubscriptionInput)
    .output(subscriptionExtension)
    .mutation(run(extendSubscription)),

  setPaymentMethod: staff(
    {
      ...manages,
      audit: { subject: 'accountId', facts: ['paymentMethod', 'reason'] },
      refusals: ['provider_disabled', 'conflict'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/subscription/payment-method',
      tags,
      summary: 'Change how an account pays',
    },
  )
    .input(staffPaymentMethodInput)
    .output(subscription)
    .mutation(run(setPaymentMethod)),
});
