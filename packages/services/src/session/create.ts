import { clearFailures, lockedUntil, noteFailure } from '@tenantry/db/session/guard';
import { newId } from '@tenantry/db/ids';
import { findSecondFactor } from '@tenantry/db/second-factor/queries';
import { insertSession } from '@tenantry/db/session/queries';
import { type AccountOfUser, findUserByEmail, listAccountsOf } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import type { Flow, Identity } from '../ports.ts';
import { checkSecondFactor } from '../totp/check.ts';

/** A session lives at most this long, however often it is refreshed. */
const sessionDays = 30;

export interface SignIn {
  email: string;
  password: string;
  delivery: 'token' | 'cookie';
  /** A code of the person's app, or a recovery code; asked for when they have set one up. */
  totpCode?: string | undefined;
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

/** Ten wrong passwords for an address from one place within a quarter of an hour; nobody else is locked by them. */
const guardRule = { failuresMax: 10, windowSeconds: 900, lockSeconds: 900 };

/**
 * Signs a person in. Refuses `unauthenticated`, with the same work done whether the address is known or not, and
 * `second_factor_required` once the password was right, `throttled` after too many failures, known or not.
 */
export async function createSession(
  { database, deed }: Flow,
  identity: Identity,
  { email, password, delivery, totpCode, address }: SignIn,
): Promise<SignedIn | Refusal<'unauthenticated' | 'second_factor_required' | 'throttled'>> {
  const emailDigest = identity.digestText(identity.normaliseEmail(email));
  const guardKey = identity.digestText(`${emailDigest} ${address}`);
  const locked = await lockedUntil(database, guardKey, deed.now);
  if (locked !== undefined) return refuse('throttled', { retryAfterSeconds: secondsUntil(locked, deed.now) });
  const user = await findUserByEmail(database, emailDigest);
  const right = await identity.verifyPassword(user?.passwordHash ?? identity.decoyHash(), password);
  if (user === null || !right) {
    await noteFailure(database, guardKey, guardRule, deed.now);
    return refuse('unauthenticated');
  }
  const factor = await findSecondFactor(database, user.id);
  if (factor?.isConfirmed) {
    if (totpCode === undefined) return refuse('second_factor_required');
    const flow = { database, deed };
    if (!(await checkSecondFactor(flow, identity, user.id, factor, totpCode))) {
      await noteFailure(database, guardKey, guardRule, deed.now);
      return refuse('unauthenticated');
    }
  }
  await clearFailures(database, guardKey);
  const [refresh, cookie, sessionId] = [identity.mintToken(), identity.mintToken(), newId()];
  const expiresAt = addDays(deed.now, sessionDays);
  await insertSession(database, {
    id: sessionId,
    userId: user.id,
    refreshDigest: refresh.digest,
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

const secondsUntil = (at: Date, now: Date) => Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1000));
