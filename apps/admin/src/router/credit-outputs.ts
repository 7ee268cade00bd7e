import { z } from 'zod';

export const entryOutput = z.object({
  id: z.uuid(),
  sequence: z.int(),
  at: z.string(),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  amount: z.int(),
  availableAfter: z.int(),
  holdId: z.uuid().nullable(),
  grantId: z.uuid().nullable(),
  operation: z.string().nullable(),
  siteId: z.uuid().nullable(),
  reversesId: z.uuid().nullable(),
  actor: z.string(),
  hash: z.string(),
});
const holdOutput = z.object({
  id: z.uuid(),
  amount: z.int(),
  status: z.string(),
  settledAmount: z.int().nullable(),
  estimated: z.boolean(),
  operation: z.string().nullable(),
  siteId: z.uuid().nullable(),
  metadata: z.record(z.string(), z.string()),
  expiresAt: z.string(),
  createdAt: z.string(),
});
const backingOutput = z.object({
  id: z.uuid(),
  kind: z.string(),
  reference: z.string(),
  expiresAt: z.string().nullable(),
  amount: z.int(),
});
export const explanationOutput = z.object({
  entry: entryOutput,
  rule: z.string(),
  hold: holdOutput.nullable(),
  grants: z.array(backingOutput),
  reverses: entryOutput.nullable(),
  reversedBy: z.array(entryOutput),
  reason: z.string().nullable(),
  price: z
    .object({ unit: z.string(), unitSize: z.int(), creditsPerUnit: z.int(), creditsMin: z.int() })
    .nullable(),
  units: z.int().nullable(),
  usage: z.object({ inputTokens: z.int(), outputTokens: z.int(), source: z.string() }).nullable(),
});
