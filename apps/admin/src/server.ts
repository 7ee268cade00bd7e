import { problemTypePrefix } from '@tenantry/contract/problem';
import { openHttp } from '@tenantry/rest/http';
import { serveHealth } from '@tenantry/rest/health';
import { ping } from '@tenantry/db/ping';
import type { FastifyInstance } from 'fastify';
import type { App } from './app.ts';
import { serveProofs } from './proofs.ts';
import { adminRouter } from './router.ts';
import { createRequestContext } from './request-context.ts';

/** Builds the admin app's HTTP server around a house; it listens when it is told to. */
export async function openServer(app: App, trustedProxies: readonly string[]): Promise<FastifyInstance> {
  const fastify = await openHttp({
    log: app.log,
    trustedProxies,
    router: adminRouter,
    problemTypePrefix,
    createContext: async (request, reply, calls) => createRequestContext(app, request, reply, calls),
  });
  await fastify.register(serveProofs, { prefix: '/v1', app });
  const isReady = () => ping(app.database);
  await fastify.register(serveHealth, { isReady });
  return fastify;
}
