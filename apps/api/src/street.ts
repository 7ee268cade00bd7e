import '@fastify/cookie';
import type { Incoming } from '@tenantry/gate/incoming';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { House } from './house.ts';

/** What stands before the gate: the house, the request as it came, and the way to speak in headers. */
export interface Street {
  house: House;
  incoming: Incoming;
  now: Date;
  setHeader(name: string, value: string): void;
  setCookie(value: string, expiresAt: Date): void;
}

const strayNames = new Set(['access_token', 'api_key', 'apikey', 'api-key', 'authorization', 'token']);
const strayHeaders = new Set(['x-api-key', 'api-key', 'x-access-token', 'x-auth-token']);

/** Reads a request for the gate. It believes nothing and cannot fail. */
export function makeStreet(house: House, request: FastifyRequest, reply: FastifyReply, calls = 1): Street {
  return {
    house,
    incoming: readIncoming(house, request, calls),
    now: house.clock(),
    setHeader: (name, value) => {
      reply.header(name, value);
    },
    setCookie: (value, expires) => {
      const { name, secure } = house.cookie;
      reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, expires });
    },
  };
}

function readIncoming(house: House, request: FastifyRequest, calls: number): Incoming {
  const authorizations: string[] = [];
  const accounts: string[] = [];
  const idempotencyKeys: string[] = [];
  let stray = false;
  const raw = request.raw.rawHeaders;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? '';
    const value = raw[index + 1] ?? '';
    if (name === 'authorization') authorizations.push(value);
    else if (name === 'tenantry-account') accounts.push(value);
    else if (name === 'idempotency-key') idempotencyKeys.push(value);
    else if (strayHeaders.has(name)) stray = true;
  }
  const { cookie, origin } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  return {
    requestId: request.id,
    address: request.ip,
    authorizations,
    accounts,
    idempotencyKeys,
    calls,
    origin,
    cookie: cookie === undefined ? undefined : request.server.parseCookie(cookie)[house.cookie.name],
    fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
    strayCredential: stray || queryHasCredential(request.query),
  };
}

function queryHasCredential(query: unknown): boolean {
  if (typeof query !== 'object' || query === null) return false;
  return Object.entries(query).some(
    ([name, value]) =>
      strayNames.has(name.toLowerCase()) || (typeof value === 'string' && value.startsWith('tny_')),
  );
}
