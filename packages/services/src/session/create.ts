import type { CreateSessionInput } from '@tenantry/contract/session';
import { newId } from '@tenantry/db/ids';
import { insertSession } from '@tenantry/db/session/queries';
import { type AccountOfUser, listAccountsOf } from '@tenantry/db/user/queries';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import type { Flow, Identity } from '../ports.ts';
import { provePerson } from './prove.ts';

/** A session lives at most this long, however often it is refreshed. */
const sessionDays = 30;

/** An attempt to sign in. */
export interface SignIn extends CreateSessionInput {
  /** Where the attempt comes from, as far as one guard counts it. */
  address: string;
}

export interface SignedIn {
  userId: string;
  sessionId: string;
  tokens: { accessToken: string; refreshToken: string; expiresInSeconds: number } | null;
  cookie: { value: string; expiresAt: Date } | null;
  accounts: AccountOfUser[];
}

/** Signs a person in, or refuses as `provePerson` does. */
export async function createSession(
  flow: Flow,
  identity: Identity,
  { email, delivery, ...proof }: SignIn,
): Promise<SignedIn | Refusal<'unauthenticated' | 'second_factor_required' | 'throttled'>> {
  const { database, callInfo } = flow;
  const emailDigest = identity.digestText(identity.normaliseEmail(email));
  const user = await provePerson(flow, identity, { ...proof, emailDigest });
  if (isRefusal(user)) return user;
  const [refresh, cookie, sessionId] = [identity.mintToken(), identity.mintToken(), newId()];
  const expiresAt = addDays(callInfo.now, sessionDays);
  await insertSession(database, {
    id: sessionId,
    userId: user.id,
    refreshDigest: refresh.digest,
    cookieDigest: delivery === 'cookie' ? cookie.digest : null,
    createdAt: callInfo.now,
    expiresAt,
  });
  const access = await identity.issueAccessToken(user.id, sessionId, callInfo.now);
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
