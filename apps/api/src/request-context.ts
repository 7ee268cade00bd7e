import '@fastify/cookie';
import { accountHeader, apiKeyPrefix } from '@tenantry/contract/headers';
import type { Incoming } from '@tenantry/gate/incoming';
import { readIncoming } from '@tenantry/rest/incoming';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';

/** What stands before the gate: the house, the request as it came, and the way to speak in headers. */
export interface RequestContext {
  app: App;
  incoming: Incoming;
  now: Date;
  setHeader(name: string, value: string): void;
  setCookie(value: string, expiresAt: Date): void;
}

/** Puts a request before the gate. It believes nothing and cannot fail. */
export function createRequestContext(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  calls = 1,
): RequestContext {
  return {
    app,
    incoming: readIncoming(request, {
      cookieName: app.cookie.name,
      accountHeader: accountHeader.toLowerCase(),
      credentialPrefixes: [apiKeyPrefix],
      calls,
    }),
    now: app.clock(),
    setHeader: (name, value) => {
      reply.header(name, value);
    },
    setCookie: (value, expires) => {
      const { name, secure } = app.cookie;
      reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, expires });
    },
  };
}
