import type { CreateSessionInput } from '@tenantry/contract/session';
import { newId } from '@tenantry/db/ids';
import { insertSession } from '@tenantry/db/session/queries';
import { listAccountsOf } from '@tenantry/db/user/queries';
import { isRefusal } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import type { DirectoryContext } from '../context.ts';
import { type ProvenPerson, provePerson, settleProof } from './prove.ts';

/** A session lives at most this long, however often its tokens are refreshed. */
const sessionDays = 30;

/**
 * Signs a person in; the session is answered as tokens or as a cookie. The session is written with the proof that it
 * follows from. Refuses what `provePerson` and `settleProof` refuse.
 */
export async function createSession(
  context: DirectoryContext<'identity'>,
  { email, delivery, password, totpCode }: CreateSessionInput,
) {
  const { database, identity, now } = context;
  const emailDigest = identity.digestText(identity.normaliseEmail(email));
  const made = await provePerson(context, { emailDigest, password, totpCode }, (person) =>
    writeSession(context, person, delivery === 'cookie'),
  );
  if (isRefusal(made)) return made;
  const { userId, sessionId, refreshToken, cookie } = made;
  const accounts = await listAccountsOf(database, userId);
  if (delivery === 'cookie') return { cookie, accounts };
  const access = await identity.issueAccessToken(userId, sessionId, now);
  const { token: accessToken, lifetimeSeconds: expiresInSeconds } = access;
  return { accessToken, refreshToken, expiresInSeconds, accounts };
}

function writeSession(
  { database, identity, now }: DirectoryContext<'identity'>,
  person: ProvenPerson,
  isCookie: boolean,
) {
  const [refresh, cookie, sessionId] = [identity.mintToken(), identity.mintToken(), newId()];
  const userId = person.user.id;
  const expiresAt = addDays(now, sessionDays);
  return database.withoutAccount.write({ userId }, async (tx) => {
    const stale = await settleProof(tx, person, now);
    if (stale !== undefined) return stale;
    const cookieDigest = isCookie ? cookie.digest : null;
    const session = { id: sessionId, userId, cookieDigest, createdAt: now, expiresAt };
    await insertSession(tx, session, isCookie ? undefined : refresh.digest);
    const { token: refreshToken } = refresh;
    return { userId, sessionId, refreshToken, cookie: { value: cookie.token, expiresAt } };
  });
}
