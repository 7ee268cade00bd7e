import type { TestApp } from '@tenantry/testing/app';
import type { Incoming } from './incoming.ts';

/** A request that carries a token, and an Idempotency-Key where one is given. */
const incomingOf = (token: string, key?: string): Incoming => ({
  requestId: 'test',
  address: '127.0.0.1',
  authorizations: [`Bearer ${token}`],
  cookies: [],
  strayCredential: false,
  origin: undefined,
  fetchSite: undefined,
  accounts: [],
  externalAccounts: [],
  onBehalfOf: [],
  idempotencyKeys: key === undefined ? [] : [key],
  acceptsStream: false,
  calls: 1,
});

/** The context of a call of a test's own procedures, behind the gate of the API. */
export const contextOf = ({ api }: TestApp, token: string, key?: string) => ({
  app: api,
  incoming: incomingOf(token, key),
  now: api.clock(),
  setHeader: () => undefined,
  setCookie: () => undefined,
  clearCookie: () => undefined,
});
