import { accountHeader, apiKeyPrefix } from '@tenantry/contract/headers';
import type { Incoming } from '@tenantry/gate/incoming';
import { readIncoming } from '@tenantry/rest/incoming';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';

/** What stands before the staff's gate. */
export interface RequestContext {
  app: App;
  incoming: Incoming;
  now: Date;
  setHeader(name: string, value: string): void;
}

/** Staff have no cookie yet, so a tenant's cookie must not even be looked for. */
const noCookie = 'tenantry-staff';

/** Puts a request before the gate. */
export function createRequestContext(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  calls = 1,
): RequestContext {
  return {
    app,
    incoming: readIncoming(request, {
      cookieName: noCookie,
      accountHeader: accountHeader.toLowerCase(),
      credentialPrefixes: [apiKeyPrefix],
      calls,
    }),
    now: app.clock(),
    setHeader: (name, value) => {
      reply.header(name, value);
    },
  };
}
