import type { RefreshSessionInput } from '@tenantry/contract/session';
import {
  findPresentedSession,
  findReplacedSession,
  revokeSessions,
  rotateSession,
} from '@tenantry/db/session/queries';
import type { Database } from '@tenantry/db/transaction';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';

/**
 * Exchanges a refresh token for the next pair. A token that was exchanged before ends its session: somebody
 * else may hold it. Refuses `unauthenticated`.
 */
export async function refreshSession(
  { database, callInfo }: Flow,
  identity: Identity,
  { refreshToken }: RefreshSessionInput,
): Promise<
  { accessToken: string; refreshToken: string; expiresInSeconds: number } | Refusal<'unauthenticated'>
> {
  const digest = identity.digestText(refreshToken);
  const session = await findPresentedSession(database, digest);
  if (session === null) return endFamily(database, digest, callInfo.now);
  if (session.cookieDigest !== null) return refuse('unauthenticated');
  const next = identity.mintToken();
  const rotated = await rotateSession(database, session, { from: digest, to: next.digest }, callInfo.now);
  if (!rotated) return endFamily(database, digest, callInfo.now);
  const access = await identity.issueAccessToken(session.userId, session.id, callInfo.now);
  return { accessToken: access.token, refreshToken: next.token, expiresInSeconds: access.lifetimeSeconds };
}

/** A token that was exchanged before, by whichever generation, ends its session. */
async function endFamily(database: Database, digest: string, now: Date): Promise<Refusal<'unauthenticated'>> {
  const family = await findReplacedSession(database, digest);
  if (family !== undefined) await revokeSessions(database, family.userId, family.sessionId, now);
  return refuse('unauthenticated');
}
