import { ApiKey } from '../api-key/entity.ts';
import { newestAuditOf } from '../audit/queries.ts';
import type { AuditEntry } from '../audit/entity.ts';
import { findMembership } from '../membership/queries.ts';
import { ServiceKey } from '../service-key/entity.ts';
import { Session } from '../session/entity.ts';
import type { AccountTransaction } from '../transaction.ts';
import { User } from '../user/entity.ts';
import type { KeyAccess, MembershipAccess, ServiceKeyAccess, SessionAccess } from './queries.ts';

/** A credential that staff have chosen by its id, with what the gate reads of it; nobody has proven it. */
export type ChosenCredential =
  | { kind: 'api_key'; name: string; key: Omit<KeyAccess, 'digest'>; revoked: Decision | undefined }
  | {
      kind: 'service_key';
      name: string;
      key: Omit<ServiceKeyAccess, 'digest' | 'keyId'>;
      revoked: Decision | undefined;
    }
  | {
      kind: 'member';
      name: string;
      /** The newest session that is good, or else the newest of all; undefined for somebody who never signed in. */
      session: Omit<SessionAccess, 'cookieDigest'> | undefined;
      /** Their role in the account, where they are a member. */
      membership: MembershipAccess | undefined;
      revoked: Decision | undefined;
    };

/** Who decided something, when, and why in their words. */
interface Decision {
  at: Date;
  by: string;
  reason: string | null;
}

const decisionOf = (entry: AuditEntry | null): Decision | undefined =>
  entry === null ? undefined : { at: entry.at, by: entry.actor, reason: entry.facts['reason'] ?? null };

/** Who took an action on a subject last; undefined where the audit trail names nobody. */
export async function decisionOn(
  tx: AccountTransaction,
  actions: readonly string[],
  subjectId: string,
): Promise<Decision | undefined> {
  return decisionOf(await newestAuditOf(tx, { actions, subjectId }));
}

/** The credential of a kind and id as the gate would read it, or undefined. A foreign API key does not exist here. */
export async function findChosenCredential(
  tx: AccountTransaction,
  { kind, id }: { kind: ChosenCredential['kind']; id: string },
): Promise<ChosenCredential | undefined> {
  if (kind === 'api_key') return chosenKey(tx, id);
  return kind === 'service_key' ? chosenServiceKey(tx, id) : chosenMember(tx, id);
}

async function chosenKey(tx: AccountTransaction, id: string): Promise<ChosenCredential | undefined> {
  const key = await tx.em.findOne(ApiKey, { id });
  if (key === null) return undefined;
  const { accountId, name, scopes, allowedAddresses } = key;
  const { siteId = null, expiresAt = null, revokedAt = null } = key;
  const facts = { id, accountId, scopes, allowedAddresses, siteId, expiresAt, revokedAt };
  return { kind: 'api_key', name, key: facts, revoked: await decisionOn(tx, ['apiKey.revoke'], id) };
}

async function chosenServiceKey(tx: AccountTransaction, id: string): Promise<ChosenCredential | undefined> {
  const key = await tx.em.findOne(ServiceKey, { id });
  if (key === null) return undefined;
  const { name, mode, scopes, allowedAddresses, callsPerMinute } = key;
  const { expiresAt = null, revokedAt = null } = key;
  const facts = { id, mode, scopes, allowedAddresses, callsPerMinute, expiresAt, revokedAt };
  return { kind: 'service_key', name, key: facts, revoked: undefined };
}

async function chosenMember(tx: AccountTransaction, userId: string): Promise<ChosenCredential | undefined> {
  const user = await tx.em.findOne(User, { id: userId });
  if (user === null) return undefined;
  const good = { userId, revokedAt: null, expiresAt: { $gt: tx.now } };
  const newest = { orderBy: { id: 'desc' as const }, limit: 1 };
  const [session] = [
    ...(await tx.em.find(Session, good, newest)),
    ...(await tx.em.find(Session, { userId }, newest)),
  ];
  const membership = await findMembership(tx, userId);
  return {
    kind: 'member',
    name: user.email,
    session: session && {
      id: session.id,
      userId,
      expiresAt: session.expiresAt,
      revokedAt: session.revokedAt ?? null,
    },
    membership:
      membership === null
        ? undefined
        : { accountId: tx.accountId, role: membership.role, siteIds: membership.siteIds ?? null },
    revoked: await decisionOn(tx, ['member.revokeSessions'], userId),
  };
}
