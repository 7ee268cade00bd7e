import { id, listOf, moment, pageFields, text } from '@tenantry/rest/schemas';
import { listUsage } from '@tenantry/services/usage/list';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read } from '../verb.ts';

const usage = z.object({
  group: z.string().nullable(),
  spent: z.int(),
  reported: z.int(),
  estimated: z.int(),
  charges: z.int(),
});

export const usageRouter = router({
  list: accountProcedure(
    { scope: 'credit:read', standing: 'unpaid', throttle: 'content_read' },
    {
      method: 'GET',
      path: '/usage',
      tags: ['usage'],
      summary: 'What was spent, by day, operation, site or key',
    },
  )
    .input(
      z
        .strictObject({
          ...pageFields,
          by: z.enum(['day', 'operation', 'site', 'key']).default('day'),
          from: moment.optional(),
          to: moment.optional(),
          operation: text(100).optional(),
          siteId: id.optional(),
          keyId: id.optional(),
        })
        .prefault({}),
    )
    .output(listOf(usage))
    .query(read(listUsage)),
});
