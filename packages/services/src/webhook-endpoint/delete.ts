import type { WebhookEndpointInput } from '@tenantry/contract/webhook-endpoint';
import { updateRow } from '@tenantry/db/row';
import { failPendingDeliveries, findEndpoint } from '@tenantry/db/webhook/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/** Deletes an endpoint with its secrets; what waits for it is not sent. Refuses `not_found`. */
export async function deleteEndpoint({ tx, now }: Context, { endpointId }: WebhookEndpointInput) {
  const endpoint = await findEndpoint(tx, endpointId);
  if (endpoint === null) return refuse('not_found');
  await updateRow(tx, endpoint, {
    deletedAt: now,
    enabled: false,
    disabledReason: 'asked',
    disabledAt: now,
    secret: '',
    previousSecret: null,
    previousSecretUntil: null,
  });
  await failPendingDeliveries(tx, endpointId);
  return { id: endpointId };
}
