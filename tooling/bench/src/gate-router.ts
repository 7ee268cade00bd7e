import type { App } from '@tenantry/api/app';
import { router, tenant } from '@tenantry/api/procedures';
import type { RequestContext } from '@tenantry/gate/request-context';
import { initTRPC } from '@trpc/server';
import { z } from 'zod';

const t = initTRPC
  .meta<{ rest: { method: 'GET'; path: string } }>()
  .context<RequestContext<App>>()
  .create({ isDev: false });

const input = z.strictObject({
  limit: z.int().min(1).max(100).default(20),
  name: z.string().min(1).max(100).optional(),
});
const output = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string(), createdAt: z.string() })),
  nextCursor: z.string().nullable(),
});
const items = Array.from({ length: 5 }, (_, index) => ({
  id: `0198f000-0000-7000-8000-00000000000${index}`,
  name: `Item ${index}`,
  createdAt: '2026-01-01T00:00:00.000Z',
}));
const answer = ({ input: { limit } }: { input: { limit: number } }) => ({
  items: items.slice(0, limit),
  nextCursor: null,
});

const terms = { scope: 'credit:read', throttle: 'content_read' } as const;

/** The same query twice: without the gate, and behind the whole gate. Neither reads a database. */
export const gateRouter = router({
  bare: {
    list: t.procedure
      .meta({ rest: { method: 'GET', path: '/bare' } })
      .input(input)
      .output(output)
      .query(answer),
  },
  gated: {
    list: tenant(terms, { method: 'GET', path: '/gated', summary: 'A list' })
      .input(input)
      .output(output)
      .query(answer),
  },
});
