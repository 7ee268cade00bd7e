import type { RefreshSessionInput } from '@tenantry/contract/session';
import {
  findPresentedSession,
  findReplacedSession,
  revokeSessionsOf,
  rotateSession,
} from '@tenantry/db/session/queries';
import type { Database } from '@tenantry/db/transaction';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';

/**
 * Exchanges a refresh token for the next pair. A token that was exchanged before ends its session, since somebody else
 * may hold it. Refuses `unauthenticated`.
 */
export async function refreshSession(
  { database, identity, now }: DirectoryContext<'identity'>,
  { refreshToken }: RefreshSessionInput,
) {
  const digest = identity.digestText(refreshToken);
  const session = await findPresentedSession(database, digest);
  if (session === null) return endFamily(database, digest, now);
  if (session.cookieDigest !== null) return refuse('unauthenticated');
  const next = identity.mintToken();
  const isRotated = await rotateSession(database, session, { from: digest, to: next.digest }, now);
  if (!isRotated) return endFamily(database, digest, now);
  const access = await identity.issueAccessToken(session.userId, session.id, now);
  return { accessToken: access.token, refreshToken: next.token, expiresInSeconds: access.lifetimeSeconds };
}

/** Ends the session of a refresh token that was exchanged before, in whichever generation. */
async function endFamily(database: Database, digest: string, now: Date): Promise<Refusal<'unauthenticated'>> {
  const family = await findReplacedSession(database, digest);
  if (family !== undefined) {
    const { userId, sessionId } = family;
    await database.withoutAccount.write({ userId }, (tx) => revokeSessionsOf(tx, userId, { now, sessionId }));
  }
  return refuse('unauthenticated');
}
