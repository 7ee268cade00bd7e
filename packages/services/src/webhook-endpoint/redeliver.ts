import type { WebhookDeliveryInput } from '@tenantry/contract/webhook-endpoint';
import { refreshRow } from '@tenantry/db/row';
import { findDelivery, findEndpoint, queueDeliveryAgain } from '@tenantry/db/webhook/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { deliveryView } from './view.ts';

/**
 * Puts a message that was delivered or given up at the end of the queue of its endpoint, with the same id and body. One that
 * is pending stays where it is. Refuses `not_found`, and `conflict` for an endpoint that is disabled.
 */
export async function redeliver({ tx }: Context, { endpointId, deliveryId }: WebhookDeliveryInput) {
  const endpoint = await findEndpoint(tx, endpointId);
  const delivery = endpoint && (await findDelivery(tx, { id: deliveryId, endpointId }));
  if (endpoint === null || delivery === null) return refuse('not_found');
  if (!endpoint.enabled) return refuse('conflict');
  await queueDeliveryAgain(tx, { id: deliveryId, endpointId });
  await refreshRow(tx, delivery);
  return deliveryView(delivery);
}
