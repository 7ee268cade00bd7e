import '@fastify/cookie';
import type { FastifyRequest } from 'fastify';

const strayNames = new Set(['access_token', 'api_key', 'apikey', 'api-key', 'authorization', 'token']);
const strayHeaders = new Set(['x-api-key', 'api-key', 'x-access-token', 'x-auth-token']);

export interface IncomingOptions {
  /** The cookie that holds a session; undefined for a server without one. */
  readonly cookieName: string | undefined;
  /** Headers that a gate reads, in lower case: what names the account, by which kind of id, and whom the caller acts for. */
  readonly headers: Readonly<Record<'account' | 'externalAccount' | 'onBehalfOf', string>>;
  /** How the credentials of this server begin; such a value in a query is a stray credential. */
  readonly credentialPrefixes: readonly string[];
  /** How many procedure calls the request carries. */
  readonly calls: number;
}

/** Reads what a gate needs of a request. It believes nothing and cannot fail. */
export function readIncoming(request: FastifyRequest, options: IncomingOptions) {
  const { cookieName, headers, credentialPrefixes, calls } = options;
  const authorizations: string[] = [];
  const accounts: string[] = [];
  const externalAccounts: string[] = [];
  const onBehalfOf: string[] = [];
  const idempotencyKeys: string[] = [];
  let stray = false;
  const raw = request.raw.rawHeaders;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? '';
    const value = raw[index + 1] ?? '';
    if (name === 'authorization') authorizations.push(value);
    else if (name === headers.account) accounts.push(value);
    else if (name === headers.externalAccount) externalAccounts.push(value);
    else if (name === headers.onBehalfOf) onBehalfOf.push(value);
    else if (name === 'idempotency-key') idempotencyKeys.push(value);
    else if (strayHeaders.has(name)) stray = true;
  }
  const { cookie = '', origin } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  return {
    requestId: request.id,
    address: request.ip,
    authorizations,
    accounts,
    externalAccounts,
    onBehalfOf,
    idempotencyKeys,
    calls,
    acceptsStream: acceptsStream(request),
    origin,
    cookies: cookieName === undefined ? [] : cookiesNamed(request, cookie, cookieName),
    fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
    strayCredential: stray || queryHasCredential(request.query, credentialPrefixes),
  };
}

/** Every value that a Cookie header gives a name. A parser of the whole header keeps one of them. */
function cookiesNamed({ server }: FastifyRequest, header: string, name: string): string[] {
  return header.split(';').flatMap((pair) => server.parseCookie(pair)[name] ?? []);
}

/** Whether a request asks for events, or for tRPC's lines of JSON. */
function acceptsStream({ headers: { accept = '', 'trpc-accept': lines } }: FastifyRequest): boolean {
  return accept.includes('text/event-stream') || lines === 'application/jsonl';
}

function queryHasCredential(query: unknown, prefixes: readonly string[]): boolean {
  if (typeof query !== 'object' || query === null) return false;
  return Object.entries(query).some(
    ([name, value]) =>
      strayNames.has(name.toLowerCase()) ||
      (typeof value === 'string' && prefixes.some((prefix) => value.startsWith(prefix))),
  );
}
