import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { initTRPC, TRPCError } from '@trpc/server';
import { fastifyTRPCPlugin, type CreateFastifyContextOptions } from '@trpc/server/adapters/fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RestMeta } from './meta.ts';
import { registerTransportErrors, transportErrors } from './problem.ts';
import { InputFault } from './procedures.ts';
import { registerRest } from './routes.ts';

export interface AppContext {
  readonly requestId: string;
  readonly credential: string | undefined;
  readonly steps: string[];
}

export const problemTypePrefix = 'urn:example:problem:';
const transport = transportErrors(problemTypePrefix);

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

export const valuesInput = z.strictObject({
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
      .output(site)
      .query(() => ({ id: 'mine', name: 'mine' })),
    leave: gate.meta(rest('POST', '/sites/mine')).mutation(() => {
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
    secret: gate.meta(rest('GET', '/faults')).query(() => {
      throw new Error('select * from secret_table');
    }),
    throttled: t.procedure.meta(rest('GET', '/faults/throttled', { public: true })).query(() => {
      throw new TRPCError({ code: 'TOO_MANY_REQUESTS' });
    }),
    unprintable: gate.meta(rest('GET', '/faults/unprintable')).query(() => ({ amount: 1n })),
    wait: gate.meta(rest('POST', '/faults/wait')).mutation(async ({ signal }) => {
      changes.push('waiting');
      await new Promise<void>((done) => signal?.addEventListener('abort', () => done()));
      aborted.resolve();
    }),
    signal: gate.meta(rest('POST', '/faults/signal')).mutation(async ({ signal }) => {
      await new Promise((done) => setTimeout(done, 30));
      return { aborted: signal?.aborted };
    }),
  }),
  internal: gate.query(() => 'tRPC alone'),
});

export interface App {
  readonly origin: string;
  readonly port: number;
  readonly faults: string[];
  readonly steps: string[];
  readonly fastify: FastifyInstance;
}

/** Opens the local router over a real socket, by REST under /v1 and by tRPC under /trpc. */
export async function openStack(): Promise<App> {
  const faults: string[] = [];
  const steps: string[] = [];
  const fastify = Fastify({
    bodyLimit: 1000,
    frameworkErrors: transport.answer,
    genReqId: () => 'request-1',
  });
  registerTransportErrors(fastify, transport);
  const contextOf = (credential: string | undefined): AppContext => ({
    requestId: 'request-1',
    credential,
    steps,
  });
  registerRest(fastify, {
    router,
    prefix: '/v1',
    errors: transport,
    createContext: async (request) => {
      if (request.headers['x-break'] !== undefined) throw new Error('the context broke');
      return contextOf(request.headers.authorization);
    },
    onFault: (error) => faults.push(error.message),
  });
  await fastify.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router,
      createContext: ({ req }: CreateFastifyContextOptions) => contextOf(req.headers.authorization),
    },
  });
  fastify.get('/broken', () => {
    throw new Error('password=hunter2');
  });
  const origin = await fastify.listen({ port: 0, host: '127.0.0.1' });
  return { origin, port: portOf(fastify), faults, steps, fastify };
}

function portOf(fastify: FastifyInstance): number {
  return (fastify.server.address() as AddressInfo).port;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends exactly this request line, which fetch would tidy up. */
export function send(
  app: App,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: app.port,
        method,
        path,
        agent: false,
        headers: { authorization: 'a', ...length, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}

/** Sends a JSON body. */
export function sendJson(app: App, method: string, path: string, value: unknown): Promise<Answer> {
  return send(app, method, path, JSON.stringify(value), { 'content-type': 'application/json' });
}
