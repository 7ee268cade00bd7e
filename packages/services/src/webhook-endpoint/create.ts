import type { CreateWebhookEndpointInput } from '@tenantry/contract/webhook-endpoint';
import { newId } from '@tenantry/db/ids';
import { countEndpoints, findEndpoint, insertEndpoint } from '@tenantry/db/webhook/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { refusalIfTarget } from './target.ts';
import { endpointView } from './view.ts';

/** How many endpoints an account may have. */
export const endpointsMax = 10;

/**
 * Makes an endpoint that gets the messages from now on; only this answer has its secret. Refuses `invalid_input` for a URL
 * that no webhook may be sent to, and `conflict` above ten endpoints.
 */
export async function createEndpoint(
  { tx, now, identity, webhookTargets }: Context<'identity' | 'webhookTargets'>,
  { url, description, events = [] }: CreateWebhookEndpointInput,
) {
  const wrong = refusalIfTarget(webhookTargets, url);
  if (wrong !== undefined) return wrong;
  if ((await countEndpoints(tx)) >= endpointsMax) return refuse('conflict');
  const id = newId();
  const secret = webhookTargets.mintSecret();
  const sealed = identity.seal(secret);
  await insertEndpoint(tx, {
    id,
    url,
    description: description ?? null,
    events: [...new Set(events)],
    secret: sealed,
  });
  const endpoint = await findEndpoint(tx, id);
  if (endpoint === null) throw new Error(`Endpoint ${id} is not there after it was written.`);
  return { ...endpointView(endpoint, now), secret };
}
