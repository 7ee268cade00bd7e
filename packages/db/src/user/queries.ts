import type { Role } from '@tenantry/domain/permissions';
import type { AccountStatus } from '@tenantry/domain/standing';
import { getAccount } from '../account/queries.ts';
import { Membership } from '../membership/entity.ts';
import { readAccountsOf } from '../access/queries.ts';
import { findMembership } from '../membership/queries.ts';
import { visibleSitesOf } from '../site/queries.ts';
import { rows } from '../sql.ts';
import type { Database, AccountTransaction, Transaction } from '../transaction.ts';
import { User } from './entity.ts';

/** An account that a user belongs to. */
export interface AccountOfUser {
  id: string;
  name: string;
  role: Role;
  status: AccountStatus;
}

/** The user of an address; visible to whoever presents its digest. */
export function findUserByEmail(database: Database, emailDigest: string): Promise<User | null> {
  return database.withoutAccount.read({ presented: emailDigest }, ({ em }) =>
    em.findOne(User, { emailDigest }),
  );
}

/** A user by their id, as they see themselves. */
export function findUserById(database: Database, userId: string): Promise<User | null> {
  return database.withoutAccount.read({ userId }, ({ em }) => em.findOne(User, { id: userId }));
}

const lock = `select password_hash as "passwordHash", email_digest as "emailDigest", email_verified_at is not null as "isVerified"
from app_user where id = $1 for no key update`;
const setPassword = 'update app_user set password_hash = $1, version = version + 1 where id = $2';
const rename = 'update app_user set name = $1, version = version + 1 where id = $2';
const move = `update app_user set email = $1, email_digest = $2, email_verified_at = $3, version = version + 1 where id = $4`;
const verify = 'update app_user set email_verified_at = $1 where id = $2 and email_verified_at is null';

/** What proves a user, and what is known of their address, while nobody else can change it. */
export interface LockedUser {
  passwordHash: string;
  emailDigest: string;
  isVerified: boolean;
}

/**
 * Locks a user until the transaction ends. Whoever decides on a password, a second factor, a session or an address of a
 * user locks the user first, so that it is decided on what is true when it is written.
 */
export async function lockUser(tx: Transaction, userId: string): Promise<LockedUser | undefined> {
  const [user] = await rows<LockedUser>(tx, lock, [userId]);
  return user;
}

/** Gives a user another password. */
export async function setPasswordHash(tx: Transaction, userId: string, passwordHash: string): Promise<void> {
  await rows(tx, setPassword, [passwordHash, userId]);
}

/** Gives a user another name, or none. */
export async function setName(tx: Transaction, userId: string, name: string | null): Promise<void> {
  await rows(tx, rename, [name, userId]);
}

/** Gives a user another address, which they have confirmed. Throws a unique violation when somebody has it. */
export async function setEmail(
  tx: Transaction,
  userId: string,
  { newEmail, newEmailDigest, now }: { newEmail: string; newEmailDigest: string; now: Date },
): Promise<void> {
  await rows(tx, move, [newEmail, newEmailDigest, now.toISOString(), userId]);
}

/** Writes down that the user reads the mail of their address; the first time counts. */
export async function markEmailVerified(tx: Transaction, userId: string, now: Date): Promise<void> {
  await rows(tx, verify, [now.toISOString(), userId]);
}

/** The accounts a user belongs to, by name. */
export async function listAccountsOf(database: Database, userId: string): Promise<AccountOfUser[]> {
  const found = await readAccountsOf(database, userId, async (tx) => {
    const membership = await findMembership(tx, userId);
    if (membership === null) return undefined;
    const { id, name, status } = await getAccount(tx);
    return { id, name, role: membership.role, status };
  });
  return found
    .filter((account) => account !== undefined)
    .toSorted((left, right) => left.name.localeCompare(right.name) || (left.id < right.id ? -1 : 1));
}

/** Writes a new user; refused by the unique digest when the address is known. */
export async function insertUser(
  { em }: Transaction,
  user: Pick<User, 'id' | 'email' | 'emailDigest' | 'passwordHash' | 'createdAt'> &
    Partial<Pick<User, 'name'>>,
): Promise<void> {
  await em.insert(User, { ...user, version: 1 });
}

/** The member of the account who has an address, or null. */
export async function findMemberByEmail(tx: AccountTransaction, emailDigest: string): Promise<User | null> {
  const user = await tx.em.findOne(User, { emailDigest });
  return user !== null && (await findMembership(tx, user.id)) !== null ? user : null;
}

/** A member of the account as a user, or null. */
export async function findMember(tx: AccountTransaction, userId: string): Promise<User | null> {
  return (await findMembership(tx, userId)) === null ? null : tx.em.findOne(User, { id: userId });
}

/**
 * The members that the actor may see with their addresses, oldest first: for an actor of named sites, who works on one of
 * these, and the actor.
 */
export async function listMembers(tx: AccountTransaction) {
  const { em, accountId } = tx;
  const all = await em.find(Membership, { accountId }, { orderBy: { createdAt: 'asc', userId: 'asc' } });
  const memberships = all.filter((membership) => isVisible(tx, membership));
  const users = await em.find(User, { id: { $in: memberships.map(({ userId }) => userId) } });
  const byId = new Map(users.map((user) => [user.id, user]));
  return memberships.flatMap(({ userId, role, siteIds, createdAt }) => {
    const user = byId.get(userId);
    return user === undefined
      ? []
      : [
          {
            userId,
            email: user.email,
            name: user.name ?? null,
            role,
            siteIds: visibleSitesOf(tx, siteIds ?? null),
            createdAt,
          },
        ];
  });
}

function isVisible(tx: AccountTransaction, { userId, siteIds = null }: Membership): boolean {
  const isActor = tx.actor.kind === 'user' && tx.actor.userId === userId;
  return tx.sites === undefined || isActor || visibleSitesOf(tx, siteIds)?.length !== 0;
}
