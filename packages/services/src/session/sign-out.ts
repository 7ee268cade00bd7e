import type { RefreshSessionInput } from '@tenantry/contract/session';
import { findRefreshToken } from '@tenantry/db/session/queries';
import { insertSecurityEvent } from '@tenantry/db/staff/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { done } from '../done.ts';
import { endSessionsWith } from './end.ts';

/**
 * Ends the session of a refresh token, whose access token may have run out. Any token of the session will do; a session
 * that has ended already stays so. Refuses `unauthenticated` for an unknown token.
 */
export async function signOut(
  context: DirectoryContext<'identity' | 'sessionCache'>,
  { refreshToken }: RefreshSessionInput,
) {
  const { database, identity } = context;
  const shown = await findRefreshToken(database, identity.digestText(refreshToken));
  if (shown === undefined) return refuse('unauthenticated');
  const { userId, sessionId } = shown;
  return endSessionsWith(context, { userId, sessions: { sessionId } }, (endSession) =>
    database.withoutAccount.write({ userId }, async (tx) => {
      await endSession(tx);
      await insertSecurityEvent(tx, context, 'session.signOut', { userId, sessionId });
      return done;
    }),
  );
}
