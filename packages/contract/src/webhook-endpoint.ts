import { attemptOutcomes, deliveryStatuses, disabledReasons } from '@tenantry/domain/outbox/delivery';
import { messageTypes } from '@tenantry/domain/outbox/messages';
import { z } from 'zod';
import { count, id, lineOf, text, time, uuid } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { pageFields } from './page.ts';

const eventType = z.enum(messageTypes);

/** An endpoint as a client sees it, without its secret. */
export const webhookEndpoint = named(
  'WebhookEndpoint',
  'A URL that gets the messages of the account.',
  z.object({
    id: uuid.describe('The endpoint.'),
    url: z.string().describe('Where the messages are sent.'),
    description: z.string().nullable().describe('What it is for, in your words; null for none.'),
    events: z.array(eventType).describe('The types that it gets; empty for all.'),
    enabled: z.boolean().describe('Whether messages are sent to it.'),
    disabledReason: z
      .enum(disabledReasons)
      .nullable()
      .describe(
        'Why not: asked by a call, failing for too long, or gone (it answered 410); null while enabled.',
      ),
    disabledAt: time.nullable().describe('Since when not; null while enabled.'),
    failingSince: time.nullable().describe('Since when every attempt fails; null when the last one did not.'),
    previousSecretUntil: time
      .nullable()
      .describe('Until when the secret before the last rotation signs too; null when it does not.'),
    createdAt: time.describe('When it was created.'),
  }),
  {
    id: sample.endpointId,
    url: 'https://hooks.example.com/tenantry',
    description: 'Billing of the shop',
    events: ['invoice.issued', 'payment.succeeded'],
    enabled: true,
    disabledReason: null,
    disabledAt: null,
    failingSince: null,
    previousSecretUntil: null,
    createdAt: sample.createdAt,
  },
);

/** An endpoint as the call that made its secret answers it. */
export const webhookEndpointWithSecret = named(
  'WebhookEndpointWithSecret',
  'A webhook endpoint with a new secret.',
  webhookEndpoint.extend({
    secret: z
      .string()
      .nullable()
      .describe('The secret that verifies signatures. It is shown once; a repeated answer has null.'),
  }),
  { ...exampleOf(webhookEndpoint), secret: 'whsec_q1Zr7Yw3Xv5Ut9Sm2Rn4Pk6Lj8Hg0Fd1Sa3Qw5Er7Ts=' },
);

const url = text(2000).describe(
  'Where the messages are sent: https:// on a host of the internet, on port 443 or one from 1024.',
);
const description = lineOf(200).describe('What it is for, in your words.');
const events = z
  .array(eventType)
  .max(messageTypes.length)
  .describe('The types that it gets; empty for all, those that come later included.');

export const createWebhookEndpointInput = z
  .strictObject({ url, description: description.optional(), events: events.optional() })
  .meta({ examples: [{ url: 'https://hooks.example.com/tenantry', events: ['invoice.issued'] }] });
export type CreateWebhookEndpointInput = z.output<typeof createWebhookEndpointInput>;

export const webhookEndpointInput = z.strictObject({ endpointId: id.describe('The endpoint.') });
export type WebhookEndpointInput = z.output<typeof webhookEndpointInput>;

export const updateWebhookEndpointInput = webhookEndpointInput
  .extend({
    url: url.optional(),
    description: description.nullable().optional(),
    events: events.optional(),
    enabled: z
      .boolean()
      .optional()
      .describe('Whether messages are sent to it. What waits for it when it is disabled fails.'),
  })
  .refine(({ endpointId: _id, ...changes }) => Object.keys(changes).length > 0, 'names no change')
  .meta({ examples: [{ endpointId: sample.endpointId, enabled: false }] });
export type UpdateWebhookEndpointInput = z.output<typeof updateWebhookEndpointInput>;

export const rotateWebhookSecretInput = webhookEndpointInput
  .extend({
    overlapSeconds: z
      .int()
      .min(0)
      .max(604_800)
      .default(86_400)
      .describe('For how many seconds the old secret signs too.'),
  })
  .meta({ examples: [{ endpointId: sample.endpointId, overlapSeconds: 3600 }] });
export type RotateWebhookSecretInput = z.output<typeof rotateWebhookSecretInput>;

/** One message on its way to an endpoint. */
export const webhookDelivery = named(
  'WebhookDelivery',
  'A message on its way to an endpoint.',
  z.object({
    id: uuid.describe('The delivery.'),
    messageId: uuid.describe('The message: the webhook-id header of every attempt.'),
    type: eventType.describe('What happened.'),
    status: z.enum(deliveryStatuses).describe('What became of it.'),
    attempts: count.describe('How many attempts were made since it was queued.'),
    createdAt: time.describe('When it was queued first.'),
    finishedAt: time.nullable().describe('When it was delivered or given up; null while it is pending.'),
  }),
  {
    id: sample.deliveryId,
    messageId: sample.messageId,
    type: 'invoice.issued',
    status: 'failed',
    attempts: 15,
    createdAt: sample.createdAt,
    finishedAt: '2026-03-04T09:30:00.000Z',
  },
);

/** One request to an endpoint. */
export const webhookAttempt = named(
  'WebhookAttempt',
  'One request to an endpoint.',
  z.object({
    id: uuid.describe('The attempt.'),
    deliveryId: uuid.describe('The delivery that it is of.'),
    messageId: uuid.describe('The message.'),
    type: eventType.describe('What happened.'),
    at: time.describe('When it began.'),
    outcome: z.enum(attemptOutcomes).describe('How it ended.'),
    status: z.int().min(0).max(999).nullable().describe('The status of the answer; null without an answer.'),
    durationMilliseconds: count.describe('How long it took.'),
    answer: z.string().nullable().describe('The first 200 characters of the answer; null for none.'),
  }),
  {
    id: sample.attemptId,
    deliveryId: sample.deliveryId,
    messageId: sample.messageId,
    type: 'invoice.issued',
    at: sample.createdAt,
    outcome: 'rejected',
    status: 503,
    durationMilliseconds: 87,
    answer: 'Service Unavailable',
  },
);

export const listWebhookDeliveriesInput = webhookEndpointInput.extend({
  ...pageFields,
  status: z.enum(deliveryStatuses).optional().describe('Those of one status alone.'),
});
export type ListWebhookDeliveriesInput = z.output<typeof listWebhookDeliveriesInput>;

export const listWebhookAttemptsInput = webhookEndpointInput.extend(pageFields);
export type ListWebhookAttemptsInput = z.output<typeof listWebhookAttemptsInput>;

export const webhookDeliveryInput = webhookEndpointInput.extend({ deliveryId: id.describe('The delivery.') });
export type WebhookDeliveryInput = z.output<typeof webhookDeliveryInput>;

/** A test that was put into the queue of an endpoint. */
export const webhookTest = z.object({
  messageId: uuid.describe('The message that the endpoint gets: its webhook-id header.'),
});
