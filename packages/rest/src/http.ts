import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import type { AnyTRPCRouter } from '@trpc/server';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { takeBodies } from './bodies.ts';
import { boundBodies } from './body-timeout.ts';
import { type BrowserOptions, answerBrowsers, setBrowserHeaders } from './browsers.ts';
import { registerFiles } from './files.ts';
import { answerOtherMethods, answerUnknown, takeEveryMethod } from './methods.ts';
import { answerUnservedRequests, parserErrorHandler, refuseWithoutHost } from './parser-errors.ts';
import { type TransportErrors, type TransportProblem, transportErrors } from './problem.ts';
import { restProcedures } from './procedures.ts';
import { registerRest } from './routes.ts';
import { answerFault, serveTrpc } from './trpc.ts';
import { serveWebApp } from './web-app.ts';

/** The largest JSON body, in bytes. */
const bodyBytesMax = 1024 * 1024;

/** How often Node looks for requests that are late. */
const checkMilliseconds = 2000;

/** Enough for the names of a full batch. */
const pathCharactersMax = 4000;

/** The bounds of a server's connections, in milliseconds. */
export interface HttpTimeouts {
  /** The head of a request arrives. */
  readonly headersMilliseconds: number;
  /** The body of a request arrives, unless it is an upload. */
  readonly bodyMilliseconds: number;
  /** The whole of a request arrives, an upload included. */
  readonly requestMilliseconds: number;
  /** A connection with a call under way carries something: no call takes longer to answer. */
  readonly silenceMilliseconds: number;
  /** A connection without a call is kept for the next. */
  readonly keepAliveMilliseconds: number;
}

const trpcPaths = '/trpc/';

export interface HttpOptions<Context extends object> {
  readonly timeouts: HttpTimeouts;
  log: FastifyBaseLogger;
  /** Peers whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  router: AnyTRPCRouter;
  /** Procedures whose input or answer is a file of at most `bytesMax`; they have REST routes alone. */
  files?: { router: AnyTRPCRouter; bytesMax: number };
  /** What pages of other origins may do; without it no page of another origin may call. */
  browsers?: BrowserOptions;
  /** The folder of a web app that is served at this origin, beside the procedures. */
  webApp?: string;
  /** The problems of what is refused before the gate. */
  transportProblem: TransportProblem;
  /** Makes the context of a request that carries this many calls. */
  createContext: (request: FastifyRequest, reply: FastifyReply, calls: number) => Promise<Context>;
}

function createServer<Context extends object>(
  { log, trustedProxies, timeouts, browsers }: HttpOptions<Context>,
  errors: TransportErrors,
): FastifyInstance {
  return Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: bodyBytesMax,
    // A batch names its calls in the path; Fastify's 100 characters would lose it.
    routerOptions: { maxParamLength: pathCharactersMax },
    requestTimeout: timeouts.requestMilliseconds,
    connectionTimeout: timeouts.silenceMilliseconds,
    keepAliveTimeout: timeouts.keepAliveMilliseconds,
    http: {
      headersTimeout: timeouts.headersMilliseconds,
      connectionsCheckingInterval: checkMilliseconds,
      requireHostHeader: false,
    },
    genReqId: () => randomUUID(),
    // A malformed URL is refused before any hook.
    frameworkErrors: (error, request, reply) => {
      setStandingHeaders(request, reply);
      if (browsers !== undefined) setBrowserHeaders(request, reply, browsers);
      return request.url.startsWith(trpcPaths)
        ? answerFault(errors, error, request, reply)
        : errors.answer(error, request, reply);
    },
    clientErrorHandler: parserErrorHandler(errors),
    // What still comes on an open connection is served, and told that the connection closes.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  });
}

/** Builds a server that speaks one router twice: `/v1` as REST and `/trpc`. It listens when it is told to. */
export async function openHttp<Context extends object>(
  options: HttpOptions<Context>,
): Promise<FastifyInstance> {
  const { router, createContext, timeouts } = options;
  const errors = transportErrors(options.transportProblem);
  const fastify = createServer(options, errors);
  fastify.setErrorHandler(errors.answer);
  takeEveryMethod(fastify);
  fastify.addHook('onRequest', async (request, reply) => setStandingHeaders(request, reply));
  refuseWithoutHost(fastify, errors);
  answerUnservedRequests(fastify, errors);
  if (options.browsers !== undefined) answerBrowsers(fastify, errors, options.browsers);
  if (options.webApp !== undefined) await serveWebApp(fastify, options.webApp);
  answerUnknown(fastify, errors, trpcPaths);
  boundBodies(fastify, { bytesMax: bodyBytesMax, milliseconds: timeouts.bodyMilliseconds });
  takeBodies(fastify);
  endConnectionsOnClose(fastify);
  await fastify.register(cookie, { hook: false });
  const rest = {
    prefix: '/v1',
    errors,
    createContext: (request: FastifyRequest, reply: FastifyReply) => createContext(request, reply, 1),
  };
  registerRest(fastify, { ...rest, router });
  if (options.files !== undefined) registerFiles(fastify, { ...rest, ...options.files });
  const routers = options.files === undefined ? [router] : [router, options.files.router];
  answerOtherMethods(fastify, { ...rest, procedures: routers.flatMap(restProcedures) });
  await fastify.register(serveTrpc<Context>, { prefix: '/trpc', router, errors, createContext });
  return fastify;
}

/** The headers of every answer. */
function setStandingHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('cache-control', 'no-store');
}

/**
 * Once the server is told to end, nobody's connection holds it open: answers still under way close theirs, and those
 * that never carried a request, such as a browser's in advance, are cut. Node itself ends idle ones after a request.
 */
function endConnectionsOnClose(fastify: FastifyInstance): void {
  const unused = new Set<Socket>();
  let ending = false;
  fastify.server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  fastify.addHook('onRequest', async ({ raw }) => {
    unused.delete(raw.socket);
  });
  fastify.addHook('preClose', async () => {
    ending = true;
    for (const socket of unused) socket.destroy();
  });
  fastify.addHook('onSend', async (_request, reply) => {
    if (ending) reply.header('connection', 'close');
  });
  // A stream that began before has promised to keep its connection.
  fastify.addHook('onResponse', async ({ raw }) => {
    if (ending) raw.socket.destroySoon();
  });
}
