import { lockAccount } from '@tenantry/db/account/queries';
import { countOwners, deleteMembership, findMembership } from '@tenantry/db/membership/queries';
import type { Records } from '@tenantry/db/transact';
import { mayChangeMember, mayLeave } from '@tenantry/domain/member/change';
import { refuse } from '@tenantry/domain/refusals';
import { ownRole } from './update.ts';

/** Takes a member out of the account. What they made stays. Refuses `not_found`, `role_forbids`, `last_owner`. */
export async function deleteMember(records: Records, { userId }: { userId: string }) {
  await lockAccount(records);
  const by = await ownRole(records);
  if (typeof by !== 'string') return by;
  const member = await findMembership(records, userId);
  if (member === null) return refuse('not_found');
  const owners = await countOwners(records);
  const forbidden = mayChangeMember({ by, from: member.role, to: undefined, owners });
  if (forbidden !== undefined) return forbidden;
  await deleteMembership(records, userId);
  return { userId };
}

/** Leaves the account. Refuses `role_forbids` to a key, `last_owner`. */
export async function leaveAccount(records: Records) {
  await lockAccount(records);
  const role = await ownRole(records);
  if (typeof role !== 'string' || records.actor.kind !== 'user') return refuse('role_forbids');
  const { userId } = records.actor;
  const forbidden = mayLeave(role, undefined, await countOwners(records));
  if (forbidden !== undefined) return forbidden;
  await deleteMembership(records, userId);
  return { userId };
}
