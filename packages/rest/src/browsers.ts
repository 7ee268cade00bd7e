import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TransportErrors } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a route that is asked about the requests of others: it answers a preflight as any other request. */
    takesPreflights?: boolean;
  }
}

/** What pages of other origins may do with a server. */
export interface BrowserOptions {
  /** The origins whose pages may call, such as `https://app.example.com`; compared as they are. */
  readonly origins: ReadonlySet<string>;
  /** Request headers that a page may set besides those that every API has. */
  readonly requestHeaders: readonly string[];
  /** Response headers that a page may read. */
  readonly exposedHeaders: readonly string[];
  /** The setting that names the origins, for whoever reads the log. */
  readonly setting: string;
}

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const ownRequestHeaders = ['Authorization', 'Content-Type', 'trpc-accept', 'x-trpc-source'];
/** For how long a browser remembers the answer of a preflight. */
const preflightSeconds = '600';
/** The most characters of an origin that a line of the log shows. */
const shownCharactersMax = 200;

const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

/** Lets a page of a named origin read the answer. Answers false for a page of any other. */
export function setBrowserHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  { origins, exposedHeaders }: BrowserOptions,
): boolean {
  reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !origins.has(origin)) return origin === undefined;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-allow-credentials', 'true');
  reply.header('access-control-expose-headers', exposedHeaders.join(', '));
  return true;
}

/**
 * Lets pages of the named origins call, with their cookies, and read the answers. A preflight is answered for any path
 * that does not take it, before all else, so that the page reads what the call itself is answered. One of another origin is 403.
 */
export function answerBrowsers(
  fastify: FastifyInstance,
  errors: TransportErrors,
  options: BrowserOptions,
): void {
  const { requestHeaders, setting } = options;
  const allowedHeaders = [...ownRequestHeaders, ...requestHeaders].join(', ');
  const refuse = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const origin = request.headers.origin?.slice(0, shownCharactersMax);
    request.log.warn(
      { requestId: request.id, origin, setting },
      'A page was refused, because the setting does not name its origin.',
    );
    return errors.send(reply, { code: 'origin_refused' }, request.id);
  };
  fastify.addHook('onRequest', async (request, reply) => {
    const mayRead = setBrowserHeaders(request, reply, options);
    if (!isPreflight(request) || request.routeOptions.config.takesPreflights === true) return undefined;
    if (!mayRead) return refuse(request, reply);
    reply.header('access-control-allow-methods', methods);
    reply.header('access-control-allow-headers', allowedHeaders);
    reply.header('access-control-max-age', preflightSeconds);
    return reply.code(204).send();
  });
}
