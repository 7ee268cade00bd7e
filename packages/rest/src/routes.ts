import { getTRPCErrorFromUnknown, getTRPCErrorShape, type AnyTRPCRouter, type TRPCError } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeJson } from './bodies.ts';
import { drain } from './drain.ts';
import { isJsonObject } from './json-schema.ts';
import { refuseEmptyParameters } from './methods.ts';
import { buildInput, planInput } from './parameters.ts';
import { isProblem, sendProblem, type TransportErrors } from './problem.ts';
import { isRead, restProcedures, type RestProcedure, urlOf } from './procedures.ts';
import { isEventStream, sendEvents } from './sse.ts';

export interface RestOptions<Context> {
  readonly router: AnyTRPCRouter;
  /** Such as `/v1`. */
  readonly prefix: string;
  readonly errors: TransportErrors;
  readonly createContext: (request: FastifyRequest, reply: FastifyReply) => Promise<Context>;
  /** Called for each answer of status 500, with the error it hides; the context is missing when making it failed. */
  readonly onFault?: (error: TRPCError, context: Context | undefined) => void;
}

function disconnectSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    if (!reply.raw.writableEnded) controller.abort();
  };
  if (reply.raw.destroyed) abort();
  reply.raw.once('close', abort);
  return controller.signal;
}

async function sendError<Context>(
  options: RestOptions<Context>,
  procedure: RestProcedure,
  cause: unknown,
  ctx: Context | undefined,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const error = getTRPCErrorFromUnknown(cause);
  const { name: path, type } = procedure;
  const config = options.router._def._config;
  const shape: unknown = getTRPCErrorShape({ config, error, type, path, input: undefined, ctx });
  const data = isJsonObject(shape) ? shape['data'] : undefined;
  const problem = isProblem(data) ? data : options.errors.problem('internal_error', reply.request.id);
  if (problem.status === 500) options.onFault?.(error, ctx);
  // A refused upload may still be under way, with nobody who reads it.
  await drain(reply.request.raw);
  return sendProblem(reply, problem);
}

/** Sends an answer as JSON, or nothing under 204. */
export function sendAnswer(reply: FastifyReply, status: number, answer: unknown): FastifyReply {
  if (status === 204) return reply.code(status).send();
  const body = JSON.stringify(answer ?? null);
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

/** Calls a procedure for a request, and sends what it answers, or the problem that it fails with. */
export async function callAndSend<Context>(
  options: RestOptions<Context>,
  procedure: RestProcedure,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  getRawInput: () => Promise<unknown>,
  send: (answer: unknown) => FastifyReply,
): Promise<FastifyReply> {
  const signal = disconnectSignal(reply);
  let ctx: Context | undefined;
  try {
    ctx = await options.createContext(request, reply);
    const { name: path, type } = procedure;
    // A body can be read once; who asks for the input again gets the same.
    let input: Promise<unknown> | undefined;
    const result = await procedure.call({
      ctx,
      path,
      type,
      getRawInput: () => (input ??= getRawInput()),
      input: undefined,
      signal,
      batchIndex: 0,
    });
    return send(result);
  } catch (cause) {
    return sendError(options, procedure, cause, ctx, reply);
  }
}

function assertStrictPaths(fastify: FastifyInstance): void {
  const config: unknown = fastify.initialConfig;
  const top = isJsonObject(config) ? config : {};
  const nested = isJsonObject(top['routerOptions']) ? top['routerOptions'] : {};
  const folds = ({
    caseSensitive,
    ignoreTrailingSlash,
    ignoreDuplicateSlashes,
  }: Record<string, unknown>): boolean =>
    caseSensitive === false || ignoreTrailingSlash === true || ignoreDuplicateSlashes === true;
  if (folds(top) || folds(nested)) {
    throw new Error('REST paths are taken literally: the server must not fold case or slashes.');
  }
}

const acceptsEvents = ({ headers: { accept = '' } }: FastifyRequest) => accept.includes('text/event-stream');

/**
 * Makes a real route of each procedure with `meta.rest`. The gate's middlewares run before the input is built.
 * Throws at once on a router or a server that cannot be served truthfully.
 */
export function registerRest<Context>(fastify: FastifyInstance, options: RestOptions<Context>): void {
  assertStrictPaths(fastify);
  const planned = restProcedures(options.router).map((procedure) => ({
    procedure,
    plan: planInput(procedure),
  }));
  const shapes = Map.groupBy(planned, ({ procedure }) => procedure.shape);
  fastify.register(
    async (scope) => {
      takeJson(scope, 'value');
      refuseEmptyParameters(scope, options.errors);
      scope.setErrorHandler(options.errors.answer);
      for (const [, members] of shapes) {
        const streams = members.filter(({ procedure }) => procedure.route.events !== undefined);
        const whole = members.filter(({ procedure }) => procedure.route.events === undefined);
        for (const one of whole) {
          const { method, path } = one.procedure.route;
          const inEvents = streams.find(({ procedure }) => procedure.route.method === method) ?? one;
          scope.route({
            method,
            url: urlOf(path),
            exposeHeadRoute: isRead(one.procedure),
            handler: (request, reply) => {
              const { procedure, plan } = acceptsEvents(request) ? inEvents : one;
              const input = async (): Promise<unknown> => buildInput(request, plan);
              return callAndSend(options, procedure, { request, reply }, input, (answer) =>
                isEventStream(answer)
                  ? sendEvents(reply, answer)
                  : sendAnswer(reply, statusOf(procedure, answer), answer),
              );
            },
          });
        }
      }
    },
    { prefix: options.prefix },
  );
}

/** The status of a success. */
function statusOf({ status, route: { statusUnless } }: RestProcedure, answer: unknown): number {
  if (statusUnless === undefined || typeof answer !== 'object' || answer === null) return status;
  return Reflect.get(answer, statusUnless.field) === false ? statusUnless.status : status;
}
