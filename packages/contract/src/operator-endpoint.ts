import { attemptOutcomes } from '@tenantry/domain/outbox/delivery';
import { z } from 'zod';
import { count, time, uuid } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { webhookEndpoint, webhookEndpointInput } from './webhook-endpoint.ts';

/** Every endpoint of the operator, oldest first. */
export const operatorEndpoints = z
  .object({ items: z.array(webhookEndpoint).describe('The endpoints, oldest first.') })
  .meta({ examples: [{ items: [exampleOf(webhookEndpoint)] }] });

/** A new secret of an endpoint of the operator. */
export const operatorEndpointSecret = named(
  'OperatorEndpointSecret',
  'A new secret of an endpoint of the operator.',
  z.object({
    id: uuid.describe('The endpoint.'),
    secret: z
      .string()
      .nullable()
      .describe('The secret that verifies signatures. It is shown once; a repeated answer has null.'),
  }),
  { id: sample.endpointId, secret: 'whsec_q1Zr7Yw3Xv5Ut9Sm2Rn4Pk6Lj8Hg0Fd1Sa3Qw5Er7Ts=' },
);

/** The endpoint that a call changed, or the test that it asked for. */
export const changedOperatorEndpoint = z.object({
  id: uuid.describe('The endpoint, or the test: the webhook-id header of its request.'),
});

export const switchOperatorEndpointInput = webhookEndpointInput
  .extend({ enabled: z.boolean().describe('Whether messages are sent to it.') })
  .meta({ examples: [{ endpointId: sample.endpointId, enabled: false }] });

/** A test of an endpoint of the operator. */
const operatorTest = named(
  'OperatorTest',
  'A test of an endpoint of the operator, and what came of it.',
  z.object({
    id: uuid.describe('The test.'),
    endpointId: uuid.describe('The endpoint.'),
    createdBy: z.string().describe('Who asked for it.'),
    createdAt: time.describe('When.'),
    finishedAt: time.nullable().describe('When the request ended; null while it waits.'),
    outcome: z.enum(attemptOutcomes).nullable().describe('What came of it.'),
    status: count.nullable().describe('The status of the answer.'),
    durationMilliseconds: count.nullable().describe('How long the request took.'),
    answer: z.string().nullable().describe('The beginning of the answer.'),
  }),
  {
    id: sample.messageId,
    endpointId: sample.endpointId,
    createdBy: `staff:${sample.staffId}`,
    createdAt: sample.createdAt,
    finishedAt: sample.createdAt,
    outcome: 'delivered',
    status: 204,
    durationMilliseconds: 41,
    answer: '',
  },
);

/** The last tests of an endpoint. */
export const operatorTests = z
  .object({ items: z.array(operatorTest).describe('The tests, newest first.') })
  .meta({ examples: [{ items: [exampleOf(operatorTest)] }] });
