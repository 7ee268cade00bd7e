import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { RestMeta } from './meta.ts';
import type { TransportProblem } from './problem.ts';
import { InputFault } from './procedures.ts';

export interface AppContext {
  readonly requestId: string;
  readonly credential: string | undefined;
  readonly steps: string[];
}

export const problemTypePrefix = 'urn:example:problem:';

const statusOf = {
  invalid_input: 400,
  origin_refused: 403,
  not_found: 404,
  method_not_allowed: 405,
  payload_too_large: 413,
  unsupported_media_type: 415,
  request_timeout: 408,
  expectation_failed: 417,
  headers_too_large: 431,
  internal_error: 500,
};

/** The problems of what is refused before the gate. */
export const transportProblem: TransportProblem = (code, requestId, facts = { errors: [] }) => ({
  type: `${problemTypePrefix}${code}`,
  title: code,
  status: statusOf[code],
  detail: code,
  code,
  requestId,
  ...facts,
});

const t = initTRPC
  .context<AppContext>()
  .meta<RestMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const status = error.code === 'TOO_MANY_REQUESTS' ? 429 : shape.data.httpStatus;
      const code = error.code.toLowerCase();
      const issues =
        error.cause instanceof InputFault || error.cause instanceof z.ZodError
          ? error.cause.issues
          : undefined;
      const errors = issues?.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
      const problem = {
        type: `${problemTypePrefix}${code}`,
        title: code,
        status,
        detail: status === 500 ? 'hidden' : code,
        code,
        requestId: ctx?.requestId ?? 'none',
        ...(errors ? { errors } : {}),
        ...(status === 429 ? { retryAfterSeconds: 7 } : {}),
      };
      return { ...shape, message: code, data: problem };
    },
  });

const gate = t.procedure.use(({ ctx, next }) => {
  ctx.steps.push('gate');
  if (ctx.credential === undefined) throw new TRPCError({ code: 'UNAUTHORIZED' });
  return next();
});

const site = z.strictObject({ id: z.string(), name: z.string() }).meta({ id: 'Site' });

/** What the procedures did, so that a test can tell that nothing happened. */
export const changes: string[] = [];
export const aborted = Promise.withResolvers<void>();

const rest = (
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  more: object = {},
): RestMeta => ({
  rest: { method, path, summary: `${method} ${path}`, tags: ['fixture'], ...more },
});

/** The input of a procedure without one. */
const nothing = z.strictObject({}).prefault({});

const valuesInput = z.strictObject({
  count: z.int().optional(),
  ratio: z.number().optional(),
  flag: z.boolean().optional(),
  name: z.string().optional(),
  list: z.array(z.int()).optional(),
});

export const router = t.router({
  site: t.router({
    list: gate
      .meta(rest('GET', '/sites'))
      .input(
        z.strictObject({
          limit: z.int().min(1).max(100).optional(),
          active: z.boolean().optional(),
          word: z.string().optional(),
          ratio: z.number().optional(),
        }),
      )
      .output(z.strictObject({ items: z.array(site), seen: z.unknown() }))
      .query(({ input }) => ({ items: [], seen: input })),
    create: gate
      .meta(rest('POST', '/sites', { status: 201 }))
      .input(z.strictObject({ name: z.string().min(1) }))
      .output(site)
      .mutation(({ input }) => {
        changes.push('site.create');
        return { id: '1', name: input.name };
      }),
    get: gate
      .meta(rest('GET', '/sites/{siteId}'))
      .input(z.strictObject({ siteId: z.string() }))
      .output(site)
      .query(({ input }) => ({ id: input.siteId, name: 'one' })),
    update: gate
      .meta(rest('PATCH', '/sites/{siteId}'))
      .input(z.strictObject({ siteId: z.string(), name: z.string() }))
      .output(site)
      .mutation(({ input }) => ({ id: input.siteId, name: input.name })),
    delete: gate
      .meta(rest('DELETE', '/sites/{siteId}'))
      .input(z.strictObject({ siteId: z.string(), force: z.boolean().optional() }))
      .mutation(() => {
        changes.push('site.delete');
      }),
    mine: gate
      .meta(rest('GET', '/sites/mine'))
      .input(nothing)
      .output(site)
      .query(() => ({ id: 'mine', name: 'mine' })),
    leave: gate
      .meta(rest('POST', '/sites/mine'))
      .input(nothing)
      .mutation(() => {
        changes.push('site.leave');
        return { left: true };
      }),
  }),
  page: t.router({
    get: gate
      .meta(rest('GET', '/sites/{siteId}/pages/{number}'))
      .input(z.strictObject({ siteId: z.string(), number: z.int() }))
      .query(({ input }) => input),
  }),
  value: t.router({
    put: gate
      .meta(rest('PUT', '/values'))
      .input(valuesInput)
      .mutation(({ input }) => input),
    refresh: gate
      .meta(rest('POST', '/values'))
      .input(z.strictObject({ note: z.string().optional() }))
      .mutation(({ input }) => input),
  }),
  fault: t.router({
    secret: gate
      .meta(rest('GET', '/faults'))
      .input(nothing)
      .query(() => {
        throw new Error('select * from secret_table');
      }),
    throttled: t.procedure
      .meta(rest('GET', '/faults/throttled', { public: true }))
      .input(nothing)
      .query(() => {
        throw new TRPCError({ code: 'TOO_MANY_REQUESTS' });
      }),
    unprintable: gate
      .meta(rest('GET', '/faults/unprintable'))
      .input(nothing)
      .query(() => ({ amount: 1n })),
    wait: gate
      .meta(rest('POST', '/faults/wait'))
      .input(nothing)
      .mutation(async ({ signal }) => {
        changes.push('waiting');
        await new Promise<void>((done) => signal?.addEventListener('abort', () => done()));
        aborted.resolve();
      }),
    signal: gate
      .meta(rest('POST', '/faults/signal'))
      .input(nothing)
      .mutation(async ({ signal }) => {
        await new Promise((done) => setTimeout(done, 30));
        return { aborted: signal?.aborted };
      }),
  }),
  internal: gate.query(() => 'tRPC alone'),
});
