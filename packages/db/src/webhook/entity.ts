import { defineEntity, p } from '@mikro-orm/core';
import type { AttemptOutcome, DeliveryStatus, DisabledReason } from '@tenantry/domain/outbox/delivery';
import type { MessageType } from '@tenantry/domain/outbox/messages';
import { tenantFilter } from '../tenancy.ts';

/** What an endpoint of an account and one of the operator have in common. */
const endpointProperties = () => ({
  id: p.uuid().primary(),
  url: p.text(),
  description: p.text().nullable(),
  /** The types that it asks for; empty for all. */
  events: p.json<MessageType[]>(),
  enabled: p.boolean(),
  disabledReason: p.text().$type<DisabledReason>().nullable(),
  disabledAt: p.datetime().nullable(),
  /** The sealed secret, and the one before it until the overlap ends. */
  secret: p.text(),
  previousSecret: p.text().nullable(),
  previousSecretUntil: p.datetime().nullable(),
  /** Since when every attempt failed; null when the last one did not. */
  failingSince: p.datetime().nullable(),
  deletedAt: p.datetime().nullable(),
  createdBy: p.text(),
  createdAt: p.datetime(),
  version: p.integer().version(),
});

const EndpointSchema = defineEntity({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoint',
  filters: tenantFilter(),
  properties: { accountId: p.uuid().primary(), ...endpointProperties() },
});
/** Where an account wants its messages. */
export class WebhookEndpoint extends EndpointSchema.class {}
EndpointSchema.setClass(WebhookEndpoint);

const OperatorEndpointSchema = defineEntity({
  name: 'OperatorWebhookEndpoint',
  tableName: 'operator_webhook_endpoint',
  properties: endpointProperties(),
});
/** Where the operator wants the messages of every account. */
export class OperatorWebhookEndpoint extends OperatorEndpointSchema.class {}
OperatorEndpointSchema.setClass(OperatorWebhookEndpoint);

const DeliverySchema = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_delivery',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    endpointId: p.uuid(),
    messageId: p.uuid(),
    type: p.text().$type<MessageType>(),
    status: p.text().$type<DeliveryStatus>(),
    attempts: p.integer(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});
/** One message on its way to one endpoint. */
export class WebhookDelivery extends DeliverySchema.class {}
DeliverySchema.setClass(WebhookDelivery);

const AttemptSchema = defineEntity({
  name: 'WebhookAttempt',
  tableName: 'webhook_attempt',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    deliveryId: p.uuid(),
    endpointId: p.uuid(),
    messageId: p.uuid(),
    type: p.text().$type<MessageType>(),
    at: p.datetime(),
    outcome: p.text().$type<AttemptOutcome>(),
    status: p.integer().nullable(),
    durationMilliseconds: p.integer(),
    answer: p.text().nullable(),
  },
});
/** One request to an endpoint; append-only. */
export class WebhookAttempt extends AttemptSchema.class {}
AttemptSchema.setClass(WebhookAttempt);
