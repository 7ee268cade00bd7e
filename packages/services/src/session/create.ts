import type { CreateSessionInput } from '@tenantry/contract/session';
import { newId } from '@tenantry/db/ids';
import { insertSession } from '@tenantry/db/session/queries';
import { listAccountsOf } from '@tenantry/db/user/queries';
import { isRefusal } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import type { DirectoryContext } from '../context.ts';
import { provePerson } from './prove.ts';

/** A session lives at most this long, however often its tokens are refreshed. */
const sessionDays = 30;

/** Signs a person in; the session is answered as tokens or as a cookie. Refuses what `provePerson` refuses. */
export async function createSession(
  context: DirectoryContext<'identity'>,
  { email, delivery, password, totpCode }: CreateSessionInput,
) {
  const { database, identity, now } = context;
  const emailDigest = identity.digestText(identity.normaliseEmail(email));
  const user = await provePerson(context, { emailDigest, password, totpCode });
  if (isRefusal(user)) return user;
  const [refresh, cookie, sessionId] = [identity.mintToken(), identity.mintToken(), newId()];
  const expiresAt = addDays(now, sessionDays);
  const isCookie = delivery === 'cookie';
  await insertSession(database, {
    id: sessionId,
    userId: user.id,
    refreshDigest: refresh.digest,
    cookieDigest: isCookie ? cookie.digest : null,
    createdAt: now,
    expiresAt,
  });
  const accounts = await listAccountsOf(database, user.id);
  if (isCookie) return { cookie: { value: cookie.token, expiresAt }, accounts };
  const access = await identity.issueAccessToken(user.id, sessionId, now);
  const { token: accessToken, lifetimeSeconds: expiresInSeconds } = access;
  return { accessToken, refreshToken: refresh.token, expiresInSeconds, accounts };
}
