import { type TRPCClient, createTRPCClient } from '@trpc/client';
import { type ConnectionOptions, linksTo } from './links.ts';
import type { AppRouter } from './router.ts';

/**
 * Where the API is, and who calls it. The credential is an API key or an access token; without one the browser's cookie
 * is used.
 */
export interface TenantryOptions extends ConnectionOptions {
  /** The account to act in, for a person who belongs to several. */
  accountId?: string;
}

/**
 * A client of the API, typed from its router. Queries that are asked together travel in one request. A refused call
 * throws, and `problemOf` says why.
 */
export function createTenantryClient(options: TenantryOptions): TRPCClient<AppRouter> {
  const { accountId } = options;
  return createTRPCClient<AppRouter>({
    links: linksTo(options, {
      streamed: ['operation.stream'],
      credentials: 'include',
      ...(accountId === undefined ? {} : { headers: { 'tenantry-account': accountId } }),
    }),
  });
}
