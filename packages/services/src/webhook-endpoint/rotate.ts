import type { RotateWebhookSecretInput } from '@tenantry/contract/webhook-endpoint';
import { updateRow } from '@tenantry/db/row';
import { findEndpoint } from '@tenantry/db/webhook/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { endpointView } from './view.ts';

/**
 * Gives an endpoint a new secret; only this answer has it. The old secret signs too for `overlapSeconds` more, and one that
 * it had replaced itself signs no more. Refuses `not_found`.
 */
export async function rotateSecret(
  { tx, now, identity, webhookTargets }: Context<'identity' | 'webhookTargets'>,
  { endpointId, overlapSeconds }: RotateWebhookSecretInput,
) {
  const endpoint = await findEndpoint(tx, endpointId);
  if (endpoint === null) return refuse('not_found');
  const secret = webhookTargets.mintSecret();
  const until = new Date(now.getTime() + overlapSeconds * 1000);
  const overlap =
    overlapSeconds === 0
      ? { previousSecret: null, previousSecretUntil: null }
      : { previousSecret: endpoint.secret, previousSecretUntil: until };
  await updateRow(tx, endpoint, { ...overlap, secret: identity.seal(secret) });
  return { ...endpointView(endpoint, now), secret };
}
