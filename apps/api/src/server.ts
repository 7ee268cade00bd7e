import { problemTypePrefix } from '@tenantry/contract/problem';
import { openHttp } from '@tenantry/rest/http';
import { serveHealth } from '@tenantry/rest/health';
import { ping } from '@tenantry/db/ping';
import type { FastifyInstance } from 'fastify';
import type { App } from './app.ts';
import { serveReference } from './reference.ts';
import { appRouter } from './router.ts';
import { createRequestContext } from './request-context.ts';
import { serveUploads } from './uploads.ts';

export interface ServerOptions {
  trustedProxies: readonly string[];
  publicUrl: string;
}

/** Builds the HTTP server around a house; it listens when it is told to. */
export async function openServer(app: App, options: ServerOptions): Promise<FastifyInstance> {
  const fastify = await openHttp({
    log: app.log,
    trustedProxies: options.trustedProxies,
    router: appRouter,
    problemTypePrefix,
    createContext: async (request, reply, calls) => createRequestContext(app, request, reply, calls),
  });
  await fastify.register(serveUploads, { prefix: '/v1', app });
  await fastify.register(serveReference, { publicUrl: options.publicUrl });
  const isReady = () => ping(app.database);
  await fastify.register(serveHealth, { isReady });
  return fastify;
}
