import { nothing } from '@tenantry/contract/fields';
import { operation, operationRun, runEvent, runOperationInput } from '@tenantry/contract/operation';
import { listOf } from '@tenantry/contract/page';
import { listOperations } from '@tenantry/services/operation/list';
import { streamOperation } from '@tenantry/services/operation/stream';
import { runOperation } from '@tenantry/services/operation/run';
import { tenant, router, run } from '../procedures.ts';

const tags = ['operation'];

const runs = {
  scope: 'operation:run',
  reach: 'sites',
  feature: 'operations',
  throttle: 'ai_function',
} as const;
const beginRefusals = [
  'invalid_input',
  'not_found',
  'site_forbidden',
  'operation_not_runnable',
  'insufficient_credits',
  'spending_limit_reached',
] as const;
const place = { method: 'POST', path: '/operations/{operation}/runs', tags } as const;

export const operationRouter = router({
  list: tenant(
    { scope: 'operation:run', standing: 'unpaid', throttle: 'content_read' },
    { method: 'GET', path: '/operations', tags, summary: 'The price list' },
  )
    .input(nothing)
    .output(listOf(operation))
    .query(run(listOperations)),

  run: tenant(
    {
      ...runs,
      work: 'external',
      refusals: [
        ...beginRefusals,
        'provider_refused',
        'provider_unavailable',
        'unavailable',
        'hold_resolved',
        'run_interrupted',
      ],
    },
    { ...place, summary: 'Run an AI operation' },
  )
    .input(runOperationInput)
    .output(operationRun)
    .mutation(run(runOperation)),

  stream: tenant(
    { ...runs, work: 'stream', keysOf: 'operation.run', refusals: beginRefusals },
    { ...place, events: runEvent, summary: 'Run an AI operation, streamed' },
  )
    .input(runOperationInput)
    .mutation(run(streamOperation)),
});
