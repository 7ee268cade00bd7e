import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import { answerTransportError, registerTransportErrors } from '@tenantry/rest/problem';
import { registerRest } from '@tenantry/rest/routes';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { serveHealth } from './health.ts';
import type { House } from './house.ts';
import { serveReference } from './reference.ts';
import { appRouter } from './router.ts';
import { makeStreet } from './street.ts';
import { serveTrpc } from './trpc.ts';
import { serveUploads } from './uploads.ts';

const bodyBytesMax = 1024 * 1024;

export interface ServerOptions {
  trustedProxies: readonly string[];
  publicUrl: string;
}

/** Builds the HTTP server around a house; it listens when it is told to. */
export async function openServer(house: House, options: ServerOptions): Promise<FastifyInstance> {
  const fastify = Fastify({
    loggerInstance: house.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    bodyLimit: bodyBytesMax,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    genReqId: () => randomUUID(),
    frameworkErrors: answerTransportError,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
  });
  registerTransportErrors(fastify);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cache-control', 'no-store');
  });
  await fastify.register(cookie, { hook: false });
  registerRest(fastify, {
    router: appRouter,
    prefix: '/v1',
    createContext: async (request, reply) => makeStreet(house, request, reply),
  });
  await fastify.register(serveTrpc, { prefix: '/trpc', house });
  await fastify.register(serveUploads, { prefix: '/v1', house });
  await fastify.register(serveReference, { publicUrl: options.publicUrl });
  await fastify.register(serveHealth, { house });
  return fastify;
}
