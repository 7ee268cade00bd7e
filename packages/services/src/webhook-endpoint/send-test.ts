import type { WebhookEndpointInput } from '@tenantry/contract/webhook-endpoint';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { newId } from '@tenantry/db/ids';
import { findEndpoint } from '@tenantry/db/webhook/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/**
 * Puts a test into the outbox, which this endpoint alone gets, whatever types it asks for. Refuses `not_found`, and
 * `conflict` for an endpoint that is disabled.
 */
export async function sendTest({ tx }: Context, { endpointId }: WebhookEndpointInput) {
  const endpoint = await findEndpoint(tx, endpointId);
  if (endpoint === null) return refuse('not_found');
  if (!endpoint.enabled) return refuse('conflict');
  const messageId = newId();
  await enqueueOutboxMessage(tx, 'webhook_endpoint.test', { endpointId }, messageId);
  return { messageId };
}
