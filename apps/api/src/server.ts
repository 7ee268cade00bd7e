import { openHttp } from '@tenantry/rest/http';
import { serveHealth } from '@tenantry/rest/health';
import type { FastifyInstance } from 'fastify';
import type { House } from './house.ts';
import { serveReference } from './reference.ts';
import { appRouter } from './router.ts';
import { makeStreet } from './street.ts';
import { serveUploads } from './uploads.ts';

export interface ServerOptions {
  trustedProxies: readonly string[];
  publicUrl: string;
}

/** Builds the HTTP server around a house; it listens when it is told to. */
export async function openServer(house: House, options: ServerOptions): Promise<FastifyInstance> {
  const fastify = await openHttp({
    log: house.log,
    trustedProxies: options.trustedProxies,
    router: appRouter,
    createContext: async (request, reply, calls) => makeStreet(house, request, reply, calls),
  });
  await fastify.register(serveUploads, { prefix: '/v1', house });
  await fastify.register(serveReference, { publicUrl: options.publicUrl });
  const isReady = () => house.database.look({}, (em) => em.execute('select 1'));
  await fastify.register(serveHealth, { isReady });
  return fastify;
}
