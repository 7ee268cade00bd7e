import type { Role } from '@tenantry/domain/permissions';
import type { Records } from '../transact.ts';
import { Membership } from './entity.ts';

/** Makes a user a member of the account. */
export async function insertMembership(
  { em, accountId, now }: Records,
  userId: string,
  role: Role,
): Promise<void> {
  await em.insert(Membership, { accountId, userId, role, createdAt: now, version: 1 });
}

/** Whether a user is a member of the account. */
export async function isMember({ em, accountId }: Records, userId: string): Promise<boolean> {
  return (await em.count(Membership, { accountId, userId })) > 0;
}
