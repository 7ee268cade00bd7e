import { Account } from '@tenantry/db/account/entity';
import { findPresentedKey } from '@tenantry/db/api-key/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { findPresentedSession, findSession } from '@tenantry/db/session/queries';
import { Subscription } from '@tenantry/db/subscription/entity';
import type { AccessChange, Listener } from '@tenantry/db/listen';
import type { Database } from '@tenantry/db/transaction';
import { Membership } from '@tenantry/db/membership/entity';
import type { Role, Scope } from '@tenantry/domain/permissions';
import type { Plan } from '@tenantry/domain/plans';
import type { AccountStatus, SubscriptionStatus } from '@tenantry/domain/standing';
import { makeCache } from './cache.ts';

export interface CachedKey {
  id: string;
  accountId: string;
  digest: string;
  scopes: readonly Scope[];
  siteId: string | null;
  allowedAddresses: readonly string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
}
export interface CachedSession {
  id: string;
  userId: string;
  cookieDigest: string | null;
  expiresAt: Date;
  revokedAt: Date | null;
}
export interface CachedMembership {
  accountId: string;
  role: Role;
  siteIds: readonly string[] | null;
}
export interface CachedAccount {
  id: string;
  status: AccountStatus;
  /** Whether it is the operator's own; set by the command line alone. */
  system: boolean;
  subscription: { status: SubscriptionStatus; periodEnd: Date };
  plan: Plan;
}

/** What the gate knows of a credential and its account, as it was at most five seconds ago. */
export interface AccessCache {
  key(keyId: string): CachedKey | undefined | Promise<CachedKey | undefined>;
  session(userId: string, sessionId: string): CachedSession | undefined | Promise<CachedSession | undefined>;
  cookie(digest: string): CachedSession | undefined | Promise<CachedSession | undefined>;
  memberships(userId: string): CachedMembership[] | undefined | Promise<CachedMembership[] | undefined>;
  account(accountId: string): CachedAccount | undefined | Promise<CachedAccount | undefined>;
  /** Drops a session that has just ended here. */
  forgetSession(id: string): void;
  /** Drops everything, for whoever cannot wait. */
  forget(): void;
}

const unheardMilliseconds = 5000;
/** A backstop alone: what a listener hears is right from one proof to the next. */
const heardMilliseconds = 60_000;

/**
 * Reads facts from the database and keeps each answer until its change is heard of. While the listener cannot prove
 * that it hears everything, nothing is kept; without a listener an answer is kept for five seconds.
 */
export function openAccessCache(database: Database, listener?: Listener): AccessCache {
  const lifetimeMilliseconds = listener === undefined ? unheardMilliseconds : heardMilliseconds;
  const mayKeep = () => listener?.isListening() ?? true;
  const keys = makeCache<CachedKey>(lifetimeMilliseconds, mayKeep);
  const sessions = makeCache<CachedSession>(lifetimeMilliseconds, mayKeep);
  const cookies = makeCache<{ id: string; userId: string }>(lifetimeMilliseconds, mayKeep);
  const memberships = makeCache<CachedMembership[]>(lifetimeMilliseconds, mayKeep);
  const accounts = makeCache<CachedAccount>(lifetimeMilliseconds, mayKeep);
  const forget = () => {
    for (const cache of [keys, sessions, cookies, memberships, accounts]) cache.clear();
  };
  const forgetOne: Record<AccessChange['kind'], (id: string) => void> = {
    account: accounts.forget,
    key: keys.forget,
    membership: memberships.forget,
    session: sessions.forget,
    plan: accounts.clear,
  };
  listener?.onChange((change) => (change === undefined ? forget() : forgetOne[change.kind](change.id)));
  const session = (userId: string, id: string) => sessions.get(id, () => loadSession(database, userId, id));
  return {
    key: (keyId) => keys.get(keyId, () => loadKey(database, keyId)),
    session: async (userId, id) => {
      const found = await session(userId, id);
      return found?.userId === userId ? found : undefined;
    },
    cookie: async (digest) => {
      // A cookie names one session for ever; what that session is worth is looked up like any other.
      const place = await cookies.get(digest, () => loadCookie(database, digest));
      return place === undefined ? undefined : session(place.userId, place.id);
    },
    memberships: (userId) => memberships.get(userId, () => loadMemberships(database, userId)),
    account: (id) => accounts.get(id, () => loadAccount(database, id)),
    forgetSession: sessions.forget,
    forget,
  };
}

async function loadKey(database: Database, keyId: string): Promise<CachedKey | undefined> {
  const key = await findPresentedKey(database, keyId);
  if (key === null) return undefined;
  const { id, accountId, digest, scopes, allowedAddresses, siteId, expiresAt, revokedAt } = key;
  const limits = { siteId: siteId ?? null, expiresAt: expiresAt ?? null, revokedAt: revokedAt ?? null };
  return { id, accountId, digest, scopes, allowedAddresses, ...limits };
}

async function loadSession(
  database: Database,
  userId: string,
  id: string,
): Promise<CachedSession | undefined> {
  const session = await findSession(database, userId, id);
  return session === null ? undefined : cachedSession(session);
}

async function loadCookie(
  database: Database,
  digest: string,
): Promise<{ id: string; userId: string } | undefined> {
  const session = await findPresentedSession(database, digest);
  return session === null ? undefined : { id: session.id, userId: session.userId };
}

function cachedSession(session: {
  id: string;
  userId: string;
  cookieDigest?: string | null | undefined;
  expiresAt: Date;
  revokedAt?: Date | null | undefined;
}): CachedSession {
  const { id, userId, cookieDigest = null, expiresAt, revokedAt = null } = session;
  return { id, userId, cookieDigest, expiresAt, revokedAt };
}

async function loadMemberships(database: Database, userId: string): Promise<CachedMembership[] | undefined> {
  const rows = await database.withoutAccount({ userId }, (em) => em.find(Membership, { userId }));
  // A person without an account may be given one at any moment, so "none" is not kept.
  return rows.length === 0
    ? undefined
    : rows.map(({ accountId, role, siteIds = null }) => ({ accountId, role, siteIds }));
}

async function loadAccount(database: Database, accountId: string): Promise<CachedAccount | undefined> {
  return database.withoutAccount({ accountId }, async (em) => {
    const account = await em.findOne(Account, { id: accountId });
    const subscription = await em.findOne(Subscription, { accountId });
    if (account === null || subscription === null) return undefined;
    const { status, periodEnd, planId } = subscription;
    const plan = await getPlan(em, planId);
    const { system } = account;
    return { id: accountId, status: account.status, system, subscription: { status, periodEnd }, plan };
  });
}
