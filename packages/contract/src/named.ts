import type { z } from 'zod';

/** Gives a main object its name as a component of the OpenAPI document, its description, and an example. */
export function named<Schema extends z.ZodType>(
  id: string,
  description: string,
  schema: Schema,
  example: z.output<Schema>,
): Schema {
  return schema.meta({ id, description, examples: [example] });
}

/** The example of a schema that `named` made. Throws for any other schema. */
export function exampleOf<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  const examples = schema.meta()?.examples;
  if (!Array.isArray(examples) || examples.length === 0) throw new Error('The schema has no example.');
  return typed<Schema>(examples[0]);
}

// The registry of zod keeps metadata without its type; `named` has checked it.
function typed<Schema extends z.ZodType>(example: unknown): z.output<Schema> {
  return example as z.output<Schema>;
}

/** Ids and times of the examples. */
export const sample = {
  requestId: '6f1a0f2e-3a0e-4a52-9d0a-6b8f1d2c3e4f',
  accountId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e01',
  userId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e02',
  siteId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e03',
  sectorId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e04',
  keyId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e05',
  holdId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e06',
  entryId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e07',
  grantId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e08',
  invoiceId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e09',
  paymentId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e0a',
  proofId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e0b',
  subscriptionId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e0c',
  invitationId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e0d',
  staffId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e0e',
  endpointId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e0f',
  deliveryId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e10',
  messageId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e11',
  attemptId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e12',
  creditNoteId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e13',
  token: 'q1Zr7Yw3Xv5Ut9Sm2Rn4Pk6Lj8Hg0Fd1Sa3Qw5Er7Ty',
  createdAt: '2026-03-01T09:30:00.000Z',
  expiresAt: '2026-04-01T09:30:00.000Z',
} as const;
