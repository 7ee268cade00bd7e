import type { Role } from '@tenantry/domain/permissions';
import type { AccountTransaction, Transaction } from '../transaction.ts';
import { rows, statement } from '../sql.ts';
import { Membership, MembershipDirectoryEntry } from './entity.ts';

/** Makes a user a member of the account, of all its sites or of those named, and lists it in the directory. */
export async function insertMembership(
  { em, accountId, now }: AccountTransaction,
  userId: string,
  role: Role,
  siteIds: string[] | null = null,
): Promise<void> {
  await em.insert(Membership, { accountId, userId, role, siteIds, createdAt: now, version: 1 });
  await em.insert(MembershipDirectoryEntry, { userId, accountId });
}

/** The ids of the accounts that a user is a member of; the transaction is for that user. */
export async function listAccountIds({ em }: Transaction, userId: string): Promise<string[]> {
  const entries = await em.find(MembershipDirectoryEntry, { userId });
  return entries.map(({ accountId }) => accountId);
}

/** Whether a user is a member of the account. */
export async function isMember(tx: AccountTransaction, userId: string): Promise<boolean> {
  return (await findMembership(tx, userId)) !== null;
}

/** The membership of a user in the account, or null. */
export function findMembership(
  { em, accountId }: AccountTransaction,
  userId: string,
): Promise<Membership | null> {
  return em.findOne(Membership, { accountId, userId });
}

/** How many owners the account has; asked with the account locked. */
export function countOwners({ em, accountId }: AccountTransaction): Promise<number> {
  return em.count(Membership, { accountId, role: 'owner' });
}

/** How many members the account has; asked with the account locked. */
export function countMembers({ em, accountId }: AccountTransaction): Promise<number> {
  return em.count(Membership, { accountId });
}

const removeSite = statement(
  'remove_site_from_members',
  `update membership set site_ids = site_ids - $2::text, version = version + 1
  where account_id = $1 and site_ids @> to_jsonb($2::text)`,
);

/** Takes a site from the members who are limited to it; whoever has no other sees none. */
export async function removeSiteFromMembers(tx: AccountTransaction, siteId: string): Promise<void> {
  await rows(tx, removeSite, [tx.accountId, siteId]);
}

/** Takes a user out of the account; answers whether they were in it. */
export async function deleteMembership(
  { em, accountId }: AccountTransaction,
  userId: string,
): Promise<boolean> {
  await em.nativeDelete(MembershipDirectoryEntry, { userId, accountId });
  return (await em.nativeDelete(Membership, { accountId, userId })) === 1;
}
