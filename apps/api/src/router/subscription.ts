import { changeSubscription } from '@tenantry/services/subscription/change';
import { getSubscription } from '@tenantry/services/subscription/get';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';
import { invoiceOutput } from './invoice.ts';
import { planOutput } from './plan.ts';
import { nothing, paymentMethod, text } from '@tenantry/rest/schemas';

const tags = ['subscription'];

export const subscriptionOutput = z.object({
  id: z.uuid(),
  plan: planOutput,
  status: z.enum(['trialing', 'pending_payment', 'active', 'past_due', 'cancelled', 'expired']),
  standing: z.object({
    state: z.enum(['good', 'grace', 'refused']),
    code: z.string().nullable(),
    until: z.string().nullable(),
  }),
  paymentMethod,
  externalPaymentId: z.string().nullable(),
  stripeSubscriptionId: z.string().nullable(),
  periodStart: z.string(),
  periodEnd: z.string(),
});

export const subscriptionRouter = router({
  get: accountProcedure(
    { scope: 'billing:read', standing: 'any', throttle: 'billing' },
    { method: 'GET', path: '/subscription', tags, summary: 'The subscription and its standing' },
  )
    .input(nothing)
    .output(subscriptionOutput)
    .query(read(getSubscription)),

  change: accountProcedure(
    { scope: 'billing:write', standing: 'unpaid', throttle: 'billing' },
    { method: 'POST', path: '/subscription/change', tags, summary: 'Ask for another plan' },
  )
    .input(z.strictObject({ planSlug: text(50), paymentMethod }))
    .output(z.object({ subscription: subscriptionOutput, invoice: invoiceOutput }))
    .mutation(verb(changeSubscription)),
});
