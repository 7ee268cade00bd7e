import { listOperations } from '@tenantry/services/operation/list';
import { runOperation } from '@tenantry/services/operation/run';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { flow, read } from '../verb.ts';
import { id, listOf, metadata, nothing, text } from '@tenantry/rest/schemas';

const tags = ['operation'];

const operation = z.object({
  name: z.string(),
  kind: z.enum(['text', 'image']),
  unit: z.enum(['request', 'token', 'word', 'item', 'image']),
  unitSize: z.int(),
  creditsPerUnit: z.int(),
  creditsMin: z.int(),
});
const run = z.object({
  runId: z.uuid(),
  output: z.string(),
  usage: z.object({
    inputTokens: z.int(),
    outputTokens: z.int(),
    source: z.enum(['reported', 'estimated']),
  }),
  credits: z.object({ charged: z.int(), available: z.int() }),
});

export const operationRouter = router({
  list: accountProcedure(
    { scope: 'operation:run', standing: 'unpaid', throttle: 'content_read' },
    { method: 'GET', path: '/operations', tags, summary: 'The price list' },
  )
    .input(nothing)
    .output(listOf(operation))
    .query(read(listOperations)),

  run: accountProcedure(
    { scope: 'operation:run', feature: 'operations', throttle: 'ai_function', audit: 'ledger' },
    { method: 'POST', path: '/operations/{operation}/runs', tags, summary: 'Run an AI operation' },
  )
    .input(
      z.strictObject({
        operation: text(100),
        prompt: text(100_000),
        maxOutputTokens: z.int().min(1).max(32_000).optional(),
        siteId: id.optional(),
        metadata,
      }),
    )
    .output(run)
    .mutation(flow((account, input, { provider }) => runOperation({ ...account, provider }, input))),
});
