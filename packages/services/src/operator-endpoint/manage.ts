import type {
  CreateWebhookEndpointInput,
  RotateWebhookSecretInput,
  WebhookEndpointInput,
} from '@tenantry/contract/webhook-endpoint';
import { newId } from '@tenantry/db/ids';
import { updateRow } from '@tenantry/db/row';
import type { CallInfo, Transaction } from '@tenantry/db/transaction';
import {
  insertOperatorEndpoint,
  listOperatorEndpoints as findEndpoints,
  lockOperatorEndpoint,
} from '@tenantry/db/webhook/operator';
import { actorName } from '@tenantry/domain/actor';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import type { Identity, WebhookTargets } from '../ports.ts';
import { refusalIfTarget } from '../webhook-endpoint/target.ts';
import { endpointView } from '../webhook-endpoint/view.ts';

/** What a change of the operator's endpoints is given; `commit` writes it with its security event. */
export type OperatorEndpointChange = Pick<PersonContext, 'commit'> &
  CallInfo & { readonly identity: Pick<Identity, 'seal'>; readonly webhookTargets: WebhookTargets };

/** The endpoints of the operator, oldest first. */
export async function listOperatorEndpoints(tx: Transaction, now: Date) {
  return (await findEndpoints(tx)).map((endpoint) => endpointView(endpoint, now));
}

/**
 * Makes an endpoint that gets the messages of every account from now on; only this answer has its secret. Refuses
 * `invalid_input` for a URL that no webhook may be sent to.
 */
export async function createOperatorEndpoint(
  { commit, identity, webhookTargets, actor, now }: OperatorEndpointChange,
  { url, description, events = [] }: CreateWebhookEndpointInput,
) {
  const wrong = refusalIfTarget(webhookTargets, url);
  if (wrong !== undefined) return wrong;
  const [id, secret] = [newId(), webhookTargets.mintSecret()];
  const row = { id, url, description: description ?? null, events: [...new Set(events)] };
  const made = { secret: identity.seal(secret), createdBy: actorName(actor), createdAt: now };
  return commit(async (tx) => {
    await insertOperatorEndpoint(tx, { ...row, ...made });
    return { id, secret };
  });
}

/** Gives an endpoint a new secret; the old one signs too for `overlapSeconds` more. Refuses `not_found`. */
export function rotateOperatorSecret(
  { commit, identity, webhookTargets, now }: OperatorEndpointChange,
  { endpointId, overlapSeconds }: RotateWebhookSecretInput,
) {
  const secret = webhookTargets.mintSecret();
  const until = new Date(now.getTime() + overlapSeconds * 1000);
  return commit(async (tx) => {
    const endpoint = await lockOperatorEndpoint(tx, endpointId);
    if (endpoint === null) return refuse('not_found');
    const overlap =
      overlapSeconds === 0
        ? { previousSecret: null, previousSecretUntil: null }
        : { previousSecret: endpoint.secret, previousSecretUntil: until };
    await updateRow(tx, endpoint, { ...overlap, secret: identity.seal(secret) });
    return { id: endpointId, secret };
  });
}

/** Enables an endpoint, or disables it: what waits for it fails then. Refuses `not_found`. */
export function switchOperatorEndpoint(
  { commit, now }: OperatorEndpointChange,
  { endpointId, enabled }: WebhookEndpointInput & { enabled: boolean },
) {
  return commit(async (tx) => {
    const endpoint = await lockOperatorEndpoint(tx, endpointId);
    if (endpoint === null) return refuse('not_found');
    const changes = enabled
      ? { enabled, disabledReason: null, disabledAt: null, failingSince: null }
      : { enabled, disabledReason: 'asked' as const, disabledAt: now };
    if (endpoint.enabled !== enabled) await updateRow(tx, endpoint, changes);
    return { id: endpointId };
  });
}

/** Deletes an endpoint with its secrets. Refuses `not_found`. */
export function deleteOperatorEndpoint(
  { commit, now }: OperatorEndpointChange,
  { endpointId }: WebhookEndpointInput,
) {
  return commit(async (tx) => {
    const endpoint = await lockOperatorEndpoint(tx, endpointId);
    if (endpoint === null) return refuse('not_found');
    const ended = { enabled: false, disabledReason: 'asked', disabledAt: now } as const;
    const forgotten = { secret: '', previousSecret: null, previousSecretUntil: null };
    await updateRow(tx, endpoint, { deletedAt: now, ...ended, ...forgotten });
    return { id: endpointId };
  });
}
