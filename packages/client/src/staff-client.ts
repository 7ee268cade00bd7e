import { type TRPCClient, createTRPCClient } from '@trpc/client';
import type { AdminRouter } from './admin-router.ts';
import { type ConnectionOptions, linksTo } from './links.ts';

/**
 * Where the admin app is, and who calls it. The credential is the session token of a member of staff; a page of the admin
 * app's own origin names none, and its browser sends the session cookie.
 */
export type StaffOptions = ConnectionOptions;

/**
 * A client of the admin app, typed from its router. `session.create` needs no credential and answers the token for the
 * other calls. A refused call throws, and `problemOf` says why.
 */
export function createStaffClient(options: StaffOptions): TRPCClient<AdminRouter> {
  const credentials = options.credential === undefined ? 'include' : 'omit';
  return createTRPCClient<AdminRouter>({ links: linksTo(options, { streamed: [], credentials }) });
}
