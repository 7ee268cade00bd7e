import { listOf } from '@tenantry/contract/page';
import { staffAccountPageInput } from '@tenantry/contract/staff-account';
import {
  redeliverForStaffInput,
  staffAttemptsInput,
  staffDeliveriesInput,
} from '@tenantry/contract/staff-webhook';
import { webhookAttempt, webhookDelivery, webhookEndpoint } from '@tenantry/contract/webhook-endpoint';
import { listAttempts, listDeliveries, listEndpoints } from '@tenantry/services/webhook-endpoint/list';
import { redeliver } from '@tenantry/services/webhook-endpoint/redeliver';
import { router, run, staff } from '../procedures.ts';

const tags = ['webhookEndpoint'];
const path = '/accounts/{accountId}/webhook-endpoints';
const reads = { power: 'account:read', throttle: 'default', account: ['accountId'] } as const;

export const webhookEndpointRouter = router({
  list: staff(reads, { method: 'GET', path, tags, summary: 'The webhook endpoints of an account' })
    .input(staffAccountPageInput)
    .output(listOf(webhookEndpoint))
    .query(run(listEndpoints)),

  listDeliveries: staff(
    { ...reads, refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/webhook-endpoints/{endpointId}/deliveries',
      tags,
      summary: 'The messages that were queued for a webhook endpoint of an account',
    },
  )
    .input(staffDeliveriesInput)
    .output(listOf(webhookDelivery))
    .query(run(listDeliveries)),

  listAttempts: staff(
    { ...reads, refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/webhook-endpoints/{endpointId}/attempts',
      tags,
      summary: 'The requests that were made to a webhook endpoint of an account',
    },
  )
    .input(staffAttemptsInput)
    .output(listOf(webhookAttempt))
    .query(run(listAttempts)),

  redeliver: staff(
    {
      power: 'message:resend',
      throttle: 'default',
      account: ['accountId'],
      audit: { subject: 'deliveryId', facts: ['endpointId', 'reason'] },
      refusals: ['not_found', 'conflict'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver',
      tags,
      summary: 'Send a message to a webhook endpoint of an account again',
    },
  )
    .input(redeliverForStaffInput)
    .output(webhookDelivery)
    .mutation(run(redeliver)),
});
