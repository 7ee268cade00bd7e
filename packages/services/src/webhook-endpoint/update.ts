import type { UpdateWebhookEndpointInput } from '@tenantry/contract/webhook-endpoint';
import { updateRow } from '@tenantry/db/row';
import type { WebhookEndpoint } from '@tenantry/db/webhook/entity';
import { failPendingDeliveries, findEndpoint } from '@tenantry/db/webhook/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { refusalIfTarget } from './target.ts';
import { endpointView } from './view.ts';

/**
 * Changes an endpoint. One that is disabled gets no new message, and what waits for it fails; one that is enabled begins
 * anew. Refuses `not_found`, and `invalid_input` for a URL that no webhook may be sent to.
 */
export async function updateEndpoint(
  { tx, now, webhookTargets }: Context<'webhookTargets'>,
  { endpointId, enabled, url, description, events }: UpdateWebhookEndpointInput,
) {
  const endpoint = await findEndpoint(tx, endpointId);
  if (endpoint === null) return refuse('not_found');
  const wrong = url === undefined ? undefined : refusalIfTarget(webhookTargets, url);
  if (wrong !== undefined) return wrong;
  await updateRow(tx, endpoint, {
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...(events === undefined ? {} : { events: [...new Set(events)] }),
    ...(enabled === undefined || enabled === endpoint.enabled ? {} : switched(enabled, now)),
  });
  if (!endpoint.enabled) await failPendingDeliveries(tx, endpointId);
  return endpointView(endpoint, now);
}

function switched(enabled: boolean, now: Date): Partial<WebhookEndpoint> {
  return enabled
    ? { enabled, disabledReason: null, disabledAt: null, failingSince: null }
    : { enabled, disabledReason: 'asked', disabledAt: now };
}
