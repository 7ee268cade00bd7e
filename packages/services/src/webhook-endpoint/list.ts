import type { PageInput } from '@tenantry/contract/page';
import type {
  ListWebhookAttemptsInput,
  ListWebhookDeliveriesInput,
} from '@tenantry/contract/webhook-endpoint';
import {
  findEndpoint,
  listAttempts as findAttempts,
  listDeliveries as findDeliveries,
  listEndpoints as findEndpoints,
} from '@tenantry/db/webhook/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { attemptView, deliveryView, endpointView } from './view.ts';

/** The endpoints of the account, newest first. */
export async function listEndpoints({ tx, now }: Context, input: PageInput) {
  const page = await findEndpoints(tx, input);
  return { ...page, items: page.items.map((endpoint) => endpointView(endpoint, now)) };
}

/** The deliveries of an endpoint, newest first. Refuses `not_found`. */
export async function listDeliveries({ tx }: Context, input: ListWebhookDeliveriesInput) {
  if ((await findEndpoint(tx, input.endpointId)) === null) return refuse('not_found');
  const page = await findDeliveries(tx, input);
  return { ...page, items: page.items.map(deliveryView) };
}

/** The attempts at an endpoint, newest first. Refuses `not_found`. */
export async function listAttempts({ tx }: Context, input: ListWebhookAttemptsInput) {
  if ((await findEndpoint(tx, input.endpointId)) === null) return refuse('not_found');
  const page = await findAttempts(tx, input);
  return { ...page, items: page.items.map(attemptView) };
}
