import {
  type KeyAccess,
  type MembershipAccess,
  type ServiceKeyAccess,
  type SessionAccess,
  type StoredAccountAccess,
  findAccountAccess,
  findCookieSession,
  findExternalAccount,
  findKeyAccess,
  findMembershipAccess,
  findServiceKeyAccess,
  findSessionAccess,
} from '@tenantry/db/access/queries';
import type { AccessChange, Listener } from '@tenantry/db/listen';
import type { Database } from '@tenantry/db/transaction';
import { makeCache } from './cache.ts';

/** What the gate knows of a credential and its account, as it was at most five seconds ago. */
export interface AccessCache {
  key(keyId: string): KeyAccess | undefined | Promise<KeyAccess | undefined>;
  serviceKey(keyId: string): ServiceKeyAccess | undefined | Promise<ServiceKeyAccess | undefined>;
  /** The account that an external id names. */
  externalAccount(externalId: string): { id: string } | undefined | Promise<{ id: string } | undefined>;
  session(userId: string, sessionId: string): SessionAccess | undefined | Promise<SessionAccess | undefined>;
  cookie(digest: string): SessionAccess | undefined | Promise<SessionAccess | undefined>;
  memberships(userId: string): MembershipAccess[] | undefined | Promise<MembershipAccess[] | undefined>;
  account(accountId: string): StoredAccountAccess | undefined | Promise<StoredAccountAccess | undefined>;
  /** Drops a session that has just ended here. */
  forgetSession(id: string): void;
  /** Drops the memberships of a user that have just changed here. */
  forgetMemberships(userId: string): void;
  /** Drops an account that has just changed here. */
  forgetAccount(id: string): void;
  /** Drops everything, for whoever cannot wait. */
  forget(): void;
}

const unheardMilliseconds = 5000;
/**
 * A backstop alone: what a listener hears is right from one proof to the next. It is longer than the time in which each
 * of many thousand accounts calls again, so that a spread of calls stays warm.
 */
const heardMilliseconds = 600_000;

/**
 * Reads facts from the database and keeps each answer until its change is heard of. While the listener cannot prove
 * that it hears everything, nothing is kept; without a listener an answer is kept for five seconds.
 */
export function openAccessCache(database: Database, listener?: Listener): AccessCache {
  const lifetimeMilliseconds = listener === undefined ? unheardMilliseconds : heardMilliseconds;
  const mayKeep = () => listener?.isListening() ?? true;
  const keys = makeCache<KeyAccess>(lifetimeMilliseconds, { mayKeep });
  const serviceKeys = makeCache<ServiceKeyAccess>(lifetimeMilliseconds, { mayKeep });
  const externalAccounts = makeCache<{ id: string }>(lifetimeMilliseconds, { mayKeep });
  const sessions = makeCache<SessionAccess>(lifetimeMilliseconds, { mayKeep });
  const cookies = makeCache<{ id: string; userId: string }>(lifetimeMilliseconds, { mayKeep });
  const memberships = makeCache<MembershipAccess[]>(lifetimeMilliseconds, { mayKeep });
  const accounts = makeCache<StoredAccountAccess>(lifetimeMilliseconds, { mayKeep });
  const forget = () => {
    for (const cache of [keys, serviceKeys, externalAccounts, sessions, cookies, memberships, accounts])
      cache.clear();
  };
  const forgetOne: Record<AccessChange['kind'], (id: string) => void> = {
    account: accounts.forget,
    key: keys.forget,
    service_key: serviceKeys.forget,
    membership: memberships.forget,
    session: sessions.forget,
    plan: accounts.clear,
  };
  listener?.onChange((change) => (change === undefined ? forget() : forgetOne[change.kind](change.id)));
  const session = (userId: string, id: string) =>
    sessions.get(id, () => findSessionAccess(database, userId, id));
  return {
    key: (keyId) => keys.get(keyId, () => findKeyAccess(database, keyId)),
    serviceKey: (keyId) => serviceKeys.get(keyId, () => findServiceKeyAccess(database, keyId)),
    externalAccount: (externalId) =>
      externalAccounts.get(externalId, () => findExternalAccount(database, externalId)),
    session: async (userId, id) => {
      const found = await session(userId, id);
      return found?.userId === userId ? found : undefined;
    },
    cookie: async (digest) => {
      // A cookie names one session for ever; what that session is worth is looked up like any other.
      const place = await cookies.get(digest, () => findCookieSession(database, digest));
      return place === undefined ? undefined : session(place.userId, place.id);
    },
    memberships: (userId) => memberships.get(userId, () => loadMemberships(database, userId)),
    account: (id) => accounts.get(id, () => findAccountAccess(database, id)),
    forgetSession: sessions.forget,
    forgetMemberships: memberships.forget,
    forgetAccount: accounts.forget,
    forget,
  };
}

// A user without an account may be given one at any moment, so an empty list is not kept.
async function loadMemberships(database: Database, userId: string): Promise<MembershipAccess[] | undefined> {
  const memberships = await findMembershipAccess(database, userId);
  return memberships.length === 0 ? undefined : memberships;
}
