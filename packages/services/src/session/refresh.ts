import type { RefreshSessionInput } from '@tenantry/contract/session';
import {
  type IssuedRefreshToken,
  findRefreshToken,
  insertRefreshToken,
  lockSession,
} from '@tenantry/db/session/queries';
import { insertSecurityEvent } from '@tenantry/db/staff/queries';
import { refuse } from '@tenantry/domain/refusals';
import { worthOfRefreshToken } from '@tenantry/domain/session/refresh-token';
import type { DirectoryContext } from '../context.ts';
import { endSessionsWith } from './end.ts';

/**
 * Exchanges a refresh token for the next pair. The token before the newest is exchanged too, for a short time; any other
 * that was exchanged before ends its session, since somebody else may hold it. Refuses `unauthenticated`.
 */
export async function refreshSession(
  context: DirectoryContext<'identity' | 'sessionCache'>,
  { refreshToken }: RefreshSessionInput,
) {
  const { database, identity, now } = context;
  const shown = await findRefreshToken(database, identity.digestText(refreshToken));
  if (shown === undefined) return refuse('unauthenticated');
  const next = identity.mintToken();
  if (!(await exchange(context, shown, next.digest))) return refuse('unauthenticated');
  const access = await identity.issueAccessToken(shown.userId, shown.sessionId, now);
  return { accessToken: access.token, refreshToken: next.token, expiresInSeconds: access.lifetimeSeconds };
}

/** Writes the successor of a token, or ends the session; false when the token is worth nothing. */
function exchange(
  context: DirectoryContext<'sessionCache'>,
  shown: IssuedRefreshToken,
  digest: string,
): Promise<boolean> {
  const { database, now } = context;
  const { userId, sessionId } = shown;
  return endSessionsWith(context, { userId, sessions: { sessionId } }, (endSession) =>
    database.withoutAccount.write({ userId }, async (tx) => {
      const state = await lockSession(tx, sessionId, now);
      if (state === undefined) return false;
      const worth = worthOfRefreshToken(shown.generation, state, now);
      if (worth === 'replaced') {
        await endSession(tx);
        await insertSecurityEvent(tx, context, 'session.refreshTokenReused', { userId, sessionId });
        return false;
      }
      const newest = state.generation;
      const generation = worth === 'next' ? newest + 1 : newest;
      await insertRefreshToken(tx, { sessionId, userId, generation, digest }, { newest, now });
      return true;
    }),
  );
}
