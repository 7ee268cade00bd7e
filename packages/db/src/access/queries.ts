import { type PaidPeriod, paidThroughOf } from '@tenantry/domain/billing/period';
import type { Role, Scope, ServiceScope } from '@tenantry/domain/permissions';
import type { Plan } from '@tenantry/domain/plans';
import type { AccountStatus, SubscriptionStatus } from '@tenantry/domain/standing';
import { timeAhead } from '@tenantry/domain/time';
import { Account, AccountDirectoryEntry } from '../account/entity.ts';
import { ApiKey, KeyDirectoryEntry } from '../api-key/entity.ts';
import { findMembership, listAccountIds } from '../membership/queries.ts';
import { getPlan } from '../plan/queries.ts';
import { ServiceKey } from '../service-key/entity.ts';
import { Session } from '../session/entity.ts';
import { Subscription } from '../subscription/entity.ts';
import { storedPeriods } from '../subscription/queries.ts';
import type { AccountTransaction, CallInfo, Database } from '../transaction.ts';

/** An API key as the gate checks it. */
export interface KeyAccess {
  id: string;
  accountId: string;
  digest: string;
  scopes: readonly Scope[];
  siteId: string | null;
  allowedAddresses: readonly string[];
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** A service key as the gate checks it. */
export interface ServiceKeyAccess {
  id: string;
  keyId: string;
  digest: string;
  mode: 'live' | 'test';
  scopes: readonly ServiceScope[];
  allowedAddresses: readonly string[];
  callsPerMinute: number;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

/** A session of a user as the gate checks it. */
export interface SessionAccess {
  id: string;
  userId: string;
  cookieDigest: string | null;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** The role of a user in one account, and the sites that the user is limited to. */
export interface MembershipAccess {
  accountId: string;
  role: Role;
  siteIds: readonly string[] | null;
}

/** An account with what its standing follows from. */
export interface AccountAccess {
  id: string;
  name: string;
  /** The operator's own id of this customer; null without one. */
  externalId: string | null;
  /** Whether it is for trying out; a test service key acts for no other. */
  sandbox: boolean;
  /** How far its test clock is ahead of real time; 0 for every account that is no sandbox. */
  aheadMilliseconds: number;
  status: AccountStatus;
  /** Whether the account is the operator's own. Only the command line sets it. */
  system: boolean;
  subscription: {
    status: SubscriptionStatus;
    paidThrough: Date;
    reviewUntil: Date | null;
    graceUntil: Date | null;
  };
  plan: Plan;
}

/** An account with the plans that it has paid for; `accountAt` says what it is at a time. */
export interface StoredAccountAccess extends Omit<AccountAccess, 'plan'> {
  /** The plan that runs, then those of the paid periods that follow. */
  plans: readonly [PlanFrom, ...PlanFrom[]];
}

interface PlanFrom {
  from: Date;
  plan: Plan;
}

const gateCall: CallInfo = { actor: { kind: 'system', job: 'gate' }, requestId: '', now: new Date(0) };

/** Reads in one account for the gate, before there is a call that acts in it. */
function readAccount<T>(
  database: Database,
  accountId: string,
  work: (tx: AccountTransaction) => Promise<T>,
): Promise<T> {
  return database.inAccount.read({ accountId }, gateCall, work);
}

/** The API key with a public key id, or undefined. */
export async function findKeyAccess(database: Database, keyId: string): Promise<KeyAccess | undefined> {
  const entry = await database.withoutAccount.read({ presented: keyId }, ({ em }) =>
    em.findOne(KeyDirectoryEntry, { keyId }),
  );
  if (entry === null) return undefined;
  const key = await readAccount(database, entry.accountId, ({ em }) =>
    em.findOne(ApiKey, { id: entry.apiKeyId }),
  );
  if (key === null) return undefined;
  const { id, accountId, digest, scopes, allowedAddresses } = key;
  const { siteId = null, expiresAt = null, revokedAt = null } = key;
  return { id, accountId, digest, scopes, allowedAddresses, siteId, expiresAt, revokedAt };
}

/** The service key with a public key id, or undefined. */
export async function findServiceKeyAccess(
  database: Database,
  keyId: string,
): Promise<ServiceKeyAccess | undefined> {
  const key = await database.withoutAccount.read({ presented: keyId }, ({ em }) =>
    em.findOne(ServiceKey, { keyId }),
  );
  if (key === null) return undefined;
  const { id, digest, mode, scopes, allowedAddresses, callsPerMinute } = key;
  const { expiresAt = null, revokedAt = null } = key;
  return { id, keyId, digest, mode, scopes, allowedAddresses, callsPerMinute, expiresAt, revokedAt };
}

/** The account that an external id names, or undefined. It names one for ever. */
export async function findExternalAccount(
  database: Database,
  externalId: string,
): Promise<{ id: string } | undefined> {
  const entry = await database.withoutAccount.read({ presented: externalId }, ({ em }) =>
    em.findOne(AccountDirectoryEntry, { externalId }),
  );
  return entry === null ? undefined : { id: entry.accountId };
}

/** A session of a user, or undefined. */
export async function findSessionAccess(
  database: Database,
  userId: string,
  id: string,
): Promise<SessionAccess | undefined> {
  const session = await database.withoutAccount.read({ userId }, ({ em }) =>
    em.findOne(Session, { id, userId }),
  );
  if (session === null) return undefined;
  const { cookieDigest = null, expiresAt, revokedAt = null } = session;
  return { id, userId, cookieDigest, expiresAt, revokedAt };
}

/** The session that a cookie of this digest names, or undefined. */
export async function findCookieSession(
  database: Database,
  cookieDigest: string,
): Promise<{ id: string; userId: string } | undefined> {
  const session = await database.withoutAccount.read({ presented: cookieDigest }, ({ em }) =>
    em.findOne(Session, { cookieDigest }),
  );
  return session === null ? undefined : { id: session.id, userId: session.userId };
}

/**
 * Every membership of a user, each read in its own account; empty for a user without an account. One that ends
 * between the two reads is left out.
 */
export async function findMembershipAccess(database: Database, userId: string): Promise<MembershipAccess[]> {
  const found = await readAccountsOf(database, userId, (tx) => findMembership(tx, userId));
  return found.flatMap((membership) => {
    if (membership === null) return [];
    const { accountId, role, siteIds = null } = membership;
    return [{ accountId, role, siteIds }];
  });
}

/** Reads in each account of a user, which the directory names. */
export async function readAccountsOf<T>(
  database: Database,
  userId: string,
  work: (tx: AccountTransaction) => Promise<T>,
): Promise<T[]> {
  const accountIds = await database.withoutAccount.read({ userId }, (tx) => listAccountIds(tx, userId));
  return Promise.all(accountIds.map((accountId) => readAccount(database, accountId, work)));
}

/** An account with its subscription and plans, or undefined. */
export function findAccountAccess(
  database: Database,
  accountId: string,
): Promise<StoredAccountAccess | undefined> {
  return readAccount(database, accountId, async (tx) => {
    const account = await tx.em.findOne(Account, { id: accountId });
    const subscription = await tx.em.findOne(Subscription, { accountId });
    if (account === null || subscription === null) return undefined;
    const { running, following } = await storedPeriods(tx, subscription);
    const planFrom = async ({ startsAt, planId }: PaidPeriod) => ({
      from: startsAt,
      plan: await getPlan(tx, planId),
    });
    const plans: [PlanFrom, ...PlanFrom[]] = [await planFrom(running)];
    for (const period of following) plans.push(await planFrom(period));
    const { name, status, system, sandbox, aheadMilliseconds, externalId = null } = account;
    const paidThrough = paidThroughOf({ running, following });
    const { status: paidStatus, reviewUntil = null, graceUntil = null } = subscription;
    const money = { status: paidStatus, paidThrough, reviewUntil, graceUntil };
    const facts = { id: accountId, name, externalId, status, system, sandbox, aheadMilliseconds };
    return { ...facts, subscription: money, plans };
  });
}

/** An account at a real time: its plan is the one of the paid period that runs by its own clock then. */
export function accountAt({ plans, ...account }: StoredAccountAccess, now: Date): AccountAccess {
  const at = timeAhead(now, account.aheadMilliseconds);
  const { plan } = plans.findLast(({ from }) => from <= at) ?? plans[0];
  return { ...account, plan };
}
