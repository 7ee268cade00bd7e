import type { WebhookEndpointInput } from '@tenantry/contract/webhook-endpoint';
import { findEndpoint } from '@tenantry/db/webhook/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { endpointView } from './view.ts';

/** One endpoint. Refuses `not_found`. */
export async function getEndpoint({ tx, now }: Context, { endpointId }: WebhookEndpointInput) {
  const endpoint = await findEndpoint(tx, endpointId);
  return endpoint === null ? refuse('not_found') : endpointView(endpoint, now);
}
