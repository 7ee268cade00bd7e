import type {
  OperatorWebhookEndpoint,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
} from '@tenantry/db/webhook/entity';

/** An endpoint as a client sees it, without its secrets. */
export function endpointView(
  endpoint: Omit<WebhookEndpoint, 'accountId'> | OperatorWebhookEndpoint,
  now: Date,
) {
  const { id, url, description, events, enabled, disabledReason, disabledAt, failingSince, createdAt } =
    endpoint;
  const until = endpoint.previousSecretUntil ?? null;
  return {
    id,
    url,
    description: description ?? null,
    events,
    enabled,
    disabledReason: disabledReason ?? null,
    disabledAt: disabledAt ?? null,
    failingSince: failingSince ?? null,
    previousSecretUntil: until !== null && until > now ? until : null,
    createdAt,
  };
}

/** A delivery as a client sees it. */
export function deliveryView(delivery: WebhookDelivery) {
  const { id, messageId, type, status, attempts, createdAt, finishedAt } = delivery;
  return { id, messageId, type, status, attempts, createdAt, finishedAt: finishedAt ?? null };
}

/** An attempt as a client sees it. */
export function attemptView(attempt: WebhookAttempt) {
  const { id, deliveryId, messageId, type, at, outcome, durationMilliseconds } = attempt;
  const { status = null, answer = null } = attempt;
  return { id, deliveryId, messageId, type, at, outcome, status, durationMilliseconds, answer };
}
