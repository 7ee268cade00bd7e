import { newId } from '@tenantry/db/ids';
import { insertSession } from '@tenantry/db/session/queries';
import { type AccountOfUser, findUserByEmail, listAccountsOf } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import type { Flow, Identity } from '../ports.ts';

/** A session lives at most this long, however often it is refreshed. */
const sessionDays = 30;

export interface SignIn {
  email: string;
  password: string;
  delivery: 'token' | 'cookie';
}

export interface SignedIn {
  userId: string;
  sessionId: string;
  tokens: { accessToken: string; refreshToken: string; expiresInSeconds: number } | null;
  cookie: { value: string; expiresAt: Date } | null;
  accounts: AccountOfUser[];
}

/** Signs a person in. Refuses `unauthenticated`, with the same work done whether the address is known or not. */
export async function createSession(
  { database, deed }: Flow,
  identity: Identity,
  { email, password, delivery }: SignIn,
): Promise<SignedIn | Refusal<'unauthenticated'>> {
  const user = await findUserByEmail(database, identity.digestText(identity.normaliseEmail(email)));
  const right = await identity.verifyPassword(user?.passwordHash ?? identity.decoyHash(), password);
  if (user === null || !right) return refuse('unauthenticated');
  const [refresh, cookie, sessionId] = [identity.mintToken(), identity.mintToken(), newId()];
  const expiresAt = addDays(deed.now, sessionDays);
  await insertSession(database, {
    id: sessionId,
    userId: user.id,
    refreshDigest: refresh.digest,
    previousRefreshDigest: null,
    cookieDigest: delivery === 'cookie' ? cookie.digest : null,
    createdAt: deed.now,
    expiresAt,
  });
  const access = await identity.issueAccessToken(user.id, sessionId, deed.now);
  return {
    userId: user.id,
    sessionId,
    tokens:
      delivery === 'token'
        ? { accessToken: access.token, refreshToken: refresh.token, expiresInSeconds: access.lifetimeSeconds }
        : null,
    cookie: delivery === 'cookie' ? { value: cookie.token, expiresAt } : null,
    accounts: await listAccountsOf(database, user.id),
  };
}
