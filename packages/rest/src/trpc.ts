import type { AnyTRPCRouter } from '@trpc/server';
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeJson } from './bodies.ts';
import { drain } from './drain.ts';
import { allowOf } from './methods.ts';
import {
  type Problem,
  type TransportCode,
  type TransportErrors,
  type TransportRefusal,
  refusalOfFault,
} from './problem.ts';

/** The most calls that one request may carry. */
const batchCallsMax = 20;

/** JSON-RPC's numbers, which the client library expects beside the problem. */
const rpcCode: Record<TransportCode | 'internal_error', number> = {
  invalid_input: -32_600,
  origin_refused: -32_003,
  not_found: -32_004,
  method_not_allowed: -32_005,
  payload_too_large: -32_013,
  unsupported_media_type: -32_015,
  request_timeout: -32_008,
  expectation_failed: -32_600,
  headers_too_large: -32_600,
  internal_error: -32_603,
};

function sendEnvelope(
  reply: FastifyReply,
  errors: TransportErrors,
  refusal: TransportRefusal | 'internal_error',
  requestId: string,
): FastifyReply {
  const data: Problem = errors.problem(refusal, requestId);
  const code = rpcCode[refusal === 'internal_error' ? refusal : refusal.code];
  const body = { error: { message: data.detail, code, data } };
  return reply.code(data.status).type('application/json').send(JSON.stringify(body));
}

/** Answers what Fastify itself refuses at a path of tRPC. */
export async function answerFault(
  errors: TransportErrors,
  fault: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refusal = refusalOfFault(fault, request) ?? 'internal_error';
  await drain(request.raw);
  return sendEnvelope(reply, errors, refusal, request.id);
}

const invalid = (message: string): TransportRefusal => ({ code: 'invalid_input', message });

/** The paths that a request names, one for each call. */
function pathsOf(
  request: FastifyRequest<{ Params: { path: string }; Querystring: { batch?: unknown } }>,
): string[] {
  return request.query.batch === '1' ? request.params.path.split(',') : [request.params.path];
}

/** What `Allow` says of a path: GET for queries, POST for mutations, both where it names no procedure or some of each. */
function allowedAt(router: AnyTRPCRouter, request: Parameters<typeof pathsOf>[0]): string {
  const procedures: Record<string, { _def: { type: string } }> = router._def.procedures;
  const types = new Set(
    pathsOf(request).flatMap((path) =>
      Object.hasOwn(procedures, path) ? [procedures[path]?._def.type] : [],
    ),
  );
  const both = types.size !== 1;
  return allowOf([
    ...(both || types.has('query') ? ['GET'] : []),
    ...(both || !types.has('query') ? ['POST'] : []),
  ]);
}

const unknownProcedure: TransportRefusal = {
  code: 'not_found',
  message: 'No procedure has this name; /openapi.json lists them all.',
};

function refusalBeforeGate(
  router: AnyTRPCRouter,
  request: FastifyRequest<{ Params: { path: string }; Querystring: Record<string, unknown> }>,
): TransportRefusal | undefined {
  const paths = pathsOf(request);
  if (paths.length > batchCallsMax) return invalid(`A batch has at most ${batchCallsMax} calls.`);
  const procedures: Record<string, unknown> = router._def.procedures;
  if (!paths.some((path) => Object.hasOwn(procedures, path))) return unknownProcedure;
  const { input, batch } = request.query;
  if (batch !== undefined && batch !== '1') return invalid('`batch` is 1 or is left out.');
  if (input !== undefined && (typeof input !== 'string' || !isJson(input)))
    return invalid('`input` is not one JSON text.');
  return undefined;
}

/** Gives calls without a body the input that REST builds of nothing, so that a refusal names the fields they lack. */
function fillAbsentBody(request: FastifyRequest, isBatch: boolean, calls: number): void {
  request.raw.headers['content-type'] = 'application/json';
  const inputs = Object.fromEntries(Array.from({ length: calls }, (_none, index) => [index, {}]));
  request.body = JSON.stringify(isBatch ? inputs : {});
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export interface TrpcOptions<Context extends object> {
  router: AnyTRPCRouter;
  errors: TransportErrors;
  /** Makes the context of a request that carries this many calls. */
  createContext: (request: FastifyRequest, reply: FastifyReply, calls: number) => Promise<Context>;
}

/** Serves the router at `/trpc/<path>`; what is refused before the gate comes in tRPC's envelope. */
export async function serveTrpc<Context extends object>(
  scope: FastifyInstance,
  { router, errors, createContext }: TrpcOptions<Context>,
): Promise<void> {
  takeJson(scope, 'text');
  scope.setErrorHandler<FastifyError>((fault, request, reply) => answerFault(errors, fault, request, reply));
  scope.setNotFoundHandler((request, reply) => sendEnvelope(reply, errors, unknownProcedure, request.id));
  // Before a body is read.
  scope.addHook('onRequest', async (request, reply) =>
    request.is404 ? sendEnvelope(reply, errors, unknownProcedure, request.id) : undefined,
  );
  scope.route<{ Params: { path: string }; Querystring: Record<string, unknown> }>({
    method: scope.supportedMethods,
    url: '/:path',
    exposeHeadRoute: false,
    onRequest: async (request, reply) => {
      const allow = allowedAt(router, request);
      if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send();
      if (allow.split(', ').includes(request.method)) return undefined;
      return sendEnvelope(reply.header('allow', allow), errors, { code: 'method_not_allowed' }, request.id);
    },
    handler: async (request, reply) => {
      const refusal = refusalBeforeGate(router, request);
      if (refusal !== undefined) return sendEnvelope(reply, errors, refusal, request.id);
      const calls = pathsOf(request).length;
      if (request.method === 'POST' && request.body === undefined)
        fillAbsentBody(request, request.query['batch'] === '1', calls);
      // tRPC answers HEAD without a call; Node leaves the body of this answer out.
      if (request.method === 'HEAD') request.raw.method = 'GET';
      await fastifyRequestHandler({
        router,
        req: request,
        res: reply,
        path: request.params.path,
        createContext: () => createContext(request, reply, calls),
        maxBatchSize: batchCallsMax,
        // tRPC names its own header there, and the answer depends on the origin too.
        responseMeta: () => ({ headers: new Headers({ vary: 'Origin' }) }),
      });
      return reply;
    },
  });
}
