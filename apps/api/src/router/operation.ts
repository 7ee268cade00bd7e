import { nothing } from '@tenantry/contract/fields';
import { operation, run, runEvent, runOperationInput } from '@tenantry/contract/operation';
import { listOf } from '@tenantry/contract/page';
import { listOperations } from '@tenantry/services/operation/list';
import { streamOperation } from '@tenantry/services/operation/stream';
import { runOperation } from '@tenantry/services/operation/run';
import { accountProcedure, router } from '../procedure.ts';
import { stream } from '../stream.ts';
import { flow, read } from '../verb.ts';

const tags = ['operation'];

const runs = {
  scope: 'operation:run',
  feature: 'operations',
  throttle: 'ai_function',
  audit: 'ledger',
} as const;
const place = { method: 'POST', path: '/operations/{operation}/runs', tags } as const;

export const operationRouter = router({
  list: accountProcedure(
    { scope: 'operation:run', standing: 'unpaid', throttle: 'content_read' },
    { method: 'GET', path: '/operations', tags, summary: 'The price list' },
  )
    .input(nothing)
    .output(listOf(operation))
    .query(read(listOperations)),

  run: accountProcedure(runs, { ...place, summary: 'Run an AI operation' })
    .input(runOperationInput)
    .output(run)
    .mutation(flow((account, input, { provider }) => runOperation({ ...account, provider }, input))),

  stream: accountProcedure(runs, { ...place, events: runEvent, summary: 'Run an AI operation, streamed' })
    .input(runOperationInput)
    .mutation(stream((account, input, { provider }) => streamOperation({ ...account, provider }, input))),
});
