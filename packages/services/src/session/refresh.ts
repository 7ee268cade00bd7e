import { findPresentedSession, revokeSessions, rotateSession } from '@tenantry/db/session/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';

/**
 * Exchanges a refresh token for the next pair. A token that was exchanged before ends its session: somebody
 * else may hold it. Refuses `unauthenticated`.
 */
export async function refreshSession(
  { database, deed }: Flow,
  identity: Identity,
  { refreshToken }: { refreshToken: string },
): Promise<
  { accessToken: string; refreshToken: string; expiresInSeconds: number } | Refusal<'unauthenticated'>
> {
  const digest = identity.digestText(refreshToken);
  const session = await findPresentedSession(database, digest);
  if (session === null || session.cookieDigest !== null) return refuse('unauthenticated');
  const next = identity.mintToken();
  const rotated = await rotateSession(database, session, { from: digest, to: next.digest }, deed.now);
  if (!rotated) {
    await revokeSessions(database, session.userId, session.id, deed.now);
    return refuse('unauthenticated');
  }
  const access = await identity.issueAccessToken(session.userId, session.id, deed.now);
  return { accessToken: access.token, refreshToken: next.token, expiresInSeconds: access.lifetimeSeconds };
}
