import { Account } from '@tenantry/db/account/entity';
import { findPresentedKey } from '@tenantry/db/api-key/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { findPresentedSession, findSession } from '@tenantry/db/session/queries';
import { Subscription } from '@tenantry/db/subscription/entity';
import type { FactsChange, Listener } from '@tenantry/db/listen';
import type { Database } from '@tenantry/db/transact';
import { Membership } from '@tenantry/db/membership/entity';
import type { Role, Scope } from '@tenantry/domain/permissions';
import type { Plan } from '@tenantry/domain/plans';
import type { AccountStatus, SubscriptionStatus } from '@tenantry/domain/standing';
import { makeCache } from './cache.ts';

export interface KeyFacts {
  id: string;
  accountId: string;
  digest: string;
  scopes: readonly Scope[];
  siteId: string | null;
  allowedAddresses: readonly string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
}
export interface SessionFacts {
  id: string;
  userId: string;
  cookieDigest: string | null;
  expiresAt: Date;
  revokedAt: Date | null;
}
export interface MembershipFacts {
  accountId: string;
  role: Role;
  siteIds: readonly string[] | null;
}
export interface AccountFacts {
  id: string;
  status: AccountStatus;
  /** Whether it is the operator's own; set by the command line alone. */
  system: boolean;
  subscription: { status: SubscriptionStatus; periodEnd: Date };
  plan: Plan;
}

/** What the gate knows of a credential and its account, as it was at most five seconds ago. */
export interface Facts {
  key(keyId: string): KeyFacts | undefined | Promise<KeyFacts | undefined>;
  session(userId: string, sessionId: string): SessionFacts | undefined | Promise<SessionFacts | undefined>;
  cookie(digest: string): SessionFacts | undefined | Promise<SessionFacts | undefined>;
  memberships(userId: string): MembershipFacts[] | undefined | Promise<MembershipFacts[] | undefined>;
  account(accountId: string): AccountFacts | undefined | Promise<AccountFacts | undefined>;
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
export function openFacts(database: Database, listener?: Listener): Facts {
  const lifetimeMilliseconds = listener === undefined ? unheardMilliseconds : heardMilliseconds;
  const mayKeep = () => listener?.isListening() ?? true;
  const keys = makeCache<KeyFacts>(lifetimeMilliseconds, mayKeep);
  const sessions = makeCache<SessionFacts>(lifetimeMilliseconds, mayKeep);
  const cookies = makeCache<{ id: string; userId: string }>(lifetimeMilliseconds, mayKeep);
  const memberships = makeCache<MembershipFacts[]>(lifetimeMilliseconds, mayKeep);
  const accounts = makeCache<AccountFacts>(lifetimeMilliseconds, mayKeep);
  const forget = () => {
    for (const cache of [keys, sessions, cookies, memberships, accounts]) cache.clear();
  };
  const forgetOne: Record<FactsChange['kind'], (id: string) => void> = {
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

async function loadKey(database: Database, keyId: string): Promise<KeyFacts | undefined> {
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
): Promise<SessionFacts | undefined> {
  const session = await findSession(database, userId, id);
  return session === null ? undefined : sessionFacts(session);
}

async function loadCookie(
  database: Database,
  digest: string,
): Promise<{ id: string; userId: string } | undefined> {
  const session = await findPresentedSession(database, digest);
  return session === null ? undefined : { id: session.id, userId: session.userId };
}

function sessionFacts(session: {
  id: string;
  userId: string;
  cookieDigest?: string | null | undefined;
  expiresAt: Date;
  revokedAt?: Date | null | undefined;
}): SessionFacts {
  const { id, userId, cookieDigest = null, expiresAt, revokedAt = null } = session;
  return { id, userId, cookieDigest, expiresAt, revokedAt };
}

async function loadMemberships(database: Database, userId: string): Promise<MembershipFacts[] | undefined> {
  const rows = await database.look({ userId }, (em) => em.find(Membership, { userId }));
  // A person without an account may be given one at any moment, so "none" is not kept.
  return rows.length === 0
    ? undefined
    : rows.map(({ accountId, role, siteIds = null }) => ({ accountId, role, siteIds }));
}

async function loadAccount(database: Database, accountId: string): Promise<AccountFacts | undefined> {
  return database.look({ accountId }, async (em) => {
    const account = await em.findOne(Account, { id: accountId });
    const subscription = await em.findOne(Subscription, { accountId });
    if (account === null || subscription === null) return undefined;
    const { status, periodEnd, planId } = subscription;
    const plan = await getPlan(em, planId);
    const { system } = account;
    return { id: accountId, status: account.status, system, subscription: { status, periodEnd }, plan };
  });
}
