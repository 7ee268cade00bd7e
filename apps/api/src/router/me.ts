import { orThrow } from '@tenantry/gate/error-boundary';
import { getMe } from '@tenantry/services/me/get';
import { z } from 'zod';
import { flowOf } from '../flow-of.ts';
import { present } from '@tenantry/rest/present';
import { personProcedure, router } from '../procedure.ts';
import { nothing, role } from '@tenantry/rest/schemas';

const output = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  createdAt: z.string(),
  accounts: z.array(z.object({ id: z.uuid(), name: z.string(), role })),
});

export const meRouter = router({
  get: personProcedure(
    { throttle: 'content_read' },
    { method: 'GET', path: '/me', tags: ['me'], summary: 'Who is signed in' },
  )
    .input(nothing)
    .output(output)
    .query(async ({ ctx }) => present(orThrow(await getMe(flowOf(ctx, ctx.actor), ctx.actor.userId)))),
});
