import { id, metadata, text } from '@tenantry/rest/schemas';
import { z } from 'zod';

export const operation = z.object({
  name: z.string(),
  kind: z.enum(['text', 'image']),
  unit: z.enum(['request', 'token', 'word', 'item', 'image']),
  unitSize: z.int(),
  creditsPerUnit: z.int(),
  creditsMin: z.int(),
});
export const run = z.object({
  runId: z.uuid(),
  output: z.string(),
  usage: z.object({
    inputTokens: z.int(),
    outputTokens: z.int(),
    source: z.enum(['reported', 'estimated']),
  }),
  credits: z.object({ charged: z.int(), available: z.int() }),
});

export const runInput = z.strictObject({
  operation: text(100),
  prompt: text(100_000),
  maxOutputTokens: z.int().min(1).max(32_000).optional(),
  siteId: id.optional(),
  metadata,
});
const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  retryAfterSeconds: z.int().optional(),
});
/** What a streamed run tells: deltas, then exactly one of the others. */
export const runEvent = z.union([
  z.object({ event: z.literal('delta'), text: z.string() }),
  run.omit({ output: true }).extend({
    event: z.literal('done'),
    finishReason: z.enum(['complete', 'credits']),
  }),
  problem.extend({ event: z.literal('failed'), credits: run.shape.credits.optional() }),
]);
export type ShownEvent = z.infer<typeof runEvent>;
