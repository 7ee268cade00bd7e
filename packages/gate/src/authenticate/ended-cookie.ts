import { digestToken } from '@tenantry/identity/opaque-token';
import type { TenantApp } from '../audience/tenant.ts';
import type { RequestContext } from '../request-context.ts';

/**
 * Makes a handler that may end sessions clear the session cookie of its request, when the session of that cookie has
 * ended by then, whichever credential the call was made with.
 */
export function clearingEndedCookie<Options extends { ctx: RequestContext<TenantApp> }, Answer>(
  handler: (options: Options) => Promise<Answer>,
): (options: Options) => Promise<Answer> {
  return async (options) => {
    const answer = await handler(options);
    if (await hasEndedCookie(options.ctx)) options.ctx.clearCookie();
    return answer;
  };
}

async function hasEndedCookie({
  app,
  incoming,
  now,
}: Pick<RequestContext<TenantApp>, 'app' | 'incoming' | 'now'>): Promise<boolean> {
  const { accessCache } = app.authentication;
  const sessions = await Promise.all(
    incoming.cookies.map(async (cookie) => accessCache.cookie(digestToken(cookie))),
  );
  return sessions.some(
    (session) => session === undefined || session.revokedAt !== null || session.expiresAt <= now,
  );
}
