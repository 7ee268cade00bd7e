import { removed } from '@tenantry/contract/fields';
import { listOf, pageInput } from '@tenantry/contract/page';
import {
  createWebhookEndpointInput,
  listWebhookAttemptsInput,
  listWebhookDeliveriesInput,
  rotateWebhookSecretInput,
  updateWebhookEndpointInput,
  webhookAttempt,
  webhookDelivery,
  webhookDeliveryInput,
  webhookEndpoint,
  webhookEndpointInput,
  webhookEndpointWithSecret,
  webhookTest,
} from '@tenantry/contract/webhook-endpoint';
import { createEndpoint } from '@tenantry/services/webhook-endpoint/create';
import { deleteEndpoint } from '@tenantry/services/webhook-endpoint/delete';
import { getEndpoint } from '@tenantry/services/webhook-endpoint/get';
import { listAttempts, listDeliveries, listEndpoints } from '@tenantry/services/webhook-endpoint/list';
import { redeliver } from '@tenantry/services/webhook-endpoint/redeliver';
import { rotateSecret } from '@tenantry/services/webhook-endpoint/rotate';
import { sendTest } from '@tenantry/services/webhook-endpoint/send-test';
import { updateEndpoint } from '@tenantry/services/webhook-endpoint/update';
import { router, run, tenant } from '../procedures.ts';

const tags = ['webhookEndpoint'];
const path = '/webhook-endpoints';
const onePath = '/webhook-endpoints/{endpointId}';

/** A URL often holds a secret of its own, and messages are of the account as a whole. So reading takes the scope of writing. */
const reads = {
  scope: 'account:write',
  standing: 'unpaid',
  throttle: 'content_read',
  reach: 'account',
} as const;
const writes = { scope: 'account:write', standing: 'unpaid', throttle: 'content_write' } as const;

export const webhookEndpointRouter = router({
  create: tenant(
    { ...writes, secrets: ['secret'], refusals: ['invalid_input', 'conflict'] },
    { method: 'POST', path, status: 201, tags, summary: 'Create a webhook endpoint' },
  )
    .input(createWebhookEndpointInput)
    .output(webhookEndpointWithSecret)
    .mutation(run(createEndpoint)),

  get: tenant(
    { ...reads, refusals: ['not_found'] },
    { method: 'GET', path: onePath, tags, summary: 'One webhook endpoint' },
  )
    .input(webhookEndpointInput)
    .output(webhookEndpoint)
    .query(run(getEndpoint)),

  list: tenant(reads, { method: 'GET', path, tags, summary: 'The webhook endpoints of the account' })
    .input(pageInput)
    .output(listOf(webhookEndpoint))
    .query(run(listEndpoints)),

  update: tenant(
    { ...writes, refusals: ['not_found', 'invalid_input'] },
    { method: 'PATCH', path: onePath, tags, summary: 'Change a webhook endpoint, or disable or enable it' },
  )
    .input(updateWebhookEndpointInput)
    .output(webhookEndpoint)
    .mutation(run(updateEndpoint)),

  delete: tenant(
    { ...writes, refusals: ['not_found'] },
    { method: 'DELETE', path: onePath, tags, summary: 'Delete a webhook endpoint' },
  )
    .input(webhookEndpointInput)
    .output(removed)
    .mutation(run(deleteEndpoint)),

  rotateSecret: tenant(
    { ...writes, secrets: ['secret'], refusals: ['not_found'] },
    {
      method: 'POST',
      path: '/webhook-endpoints/{endpointId}/rotate-secret',
      status: 201,
      tags,
      summary: 'Replace the secret of a webhook endpoint, with a time in which both sign',
    },
  )
    .input(rotateWebhookSecretInput)
    .output(webhookEndpointWithSecret)
    .mutation(run(rotateSecret)),

  sendTest: tenant(
    { ...writes, refusals: ['not_found', 'conflict'] },
    {
      method: 'POST',
      path: '/webhook-endpoints/{endpointId}/test',
      tags,
      summary: 'Send a test to a webhook endpoint',
    },
  )
    .input(webhookEndpointInput)
    .output(webhookTest)
    .mutation(run(sendTest)),

  listDeliveries: tenant(
    { ...reads, refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/webhook-endpoints/{endpointId}/deliveries',
      tags,
      summary: 'The messages that were queued for a webhook endpoint',
    },
  )
    .input(listWebhookDeliveriesInput)
    .output(listOf(webhookDelivery))
    .query(run(listDeliveries)),

  listAttempts: tenant(
    { ...reads, refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/webhook-endpoints/{endpointId}/attempts',
      tags,
      summary: 'The requests that were made to a webhook endpoint',
    },
  )
    .input(listWebhookAttemptsInput)
    .output(listOf(webhookAttempt))
    .query(run(listAttempts)),

  redeliver: tenant(
    { ...writes, refusals: ['not_found', 'conflict'] },
    {
      method: 'POST',
      path: '/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver',
      tags,
      summary: 'Send a message to a webhook endpoint again',
    },
  )
    .input(webhookDeliveryInput)
    .output(webhookDelivery)
    .mutation(run(redeliver)),
});
