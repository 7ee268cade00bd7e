import type { Role } from '@tenantry/domain/permissions';
import type { AccountTransaction } from '../transaction.ts';
import { Membership } from './entity.ts';

/** Makes a user a member of the account, of all its sites or of those named. */
export async function insertMembership(
  { em, accountId, now }: AccountTransaction,
  userId: string,
  role: Role,
  siteIds: string[] | null = null,
): Promise<void> {
  await em.insert(Membership, { accountId, userId, role, siteIds, createdAt: now, version: 1 });
}

/** Whether a user is a member of the account. */
export async function isMember(tx: AccountTransaction, userId: string): Promise<boolean> {
  return (await findMembership(tx, userId)) !== null;
}

/** A user's place in the account, or null. */
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

/** Takes a user out of the account; answers whether they were in it. */
export async function deleteMembership(
  { em, accountId }: AccountTransaction,
  userId: string,
): Promise<boolean> {
  return (await em.nativeDelete(Membership, { accountId, userId })) === 1;
}
