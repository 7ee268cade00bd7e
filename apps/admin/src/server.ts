import { openHttp } from '@tenantry/rest/http';
import { serveHealth } from '@tenantry/rest/health';
import type { FastifyInstance } from 'fastify';
import type { House } from './house.ts';
import { serveProofs } from './proofs.ts';
import { adminRouter } from './router.ts';
import { makeStreet } from './street.ts';

/** Builds the admin app's HTTP server around a house; it listens when it is told to. */
export async function openServer(house: House, trustedProxies: readonly string[]): Promise<FastifyInstance> {
  const fastify = await openHttp({
    log: house.log,
    trustedProxies,
    router: adminRouter,
    createContext: async (request, reply, calls) => makeStreet(house, request, reply, calls),
  });
  await fastify.register(serveProofs, { prefix: '/v1', house });
  const isReady = () => house.database.look({}, (em) => em.execute('select 1'));
  await fastify.register(serveHealth, { isReady });
  return fastify;
}
