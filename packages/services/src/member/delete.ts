import type { MemberInput } from '@tenantry/contract/member';
import { lockAccount } from '@tenantry/db/account/queries';
import { countOwners, deleteMembership, findMembership } from '@tenantry/db/membership/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refusalIfMemberUnchangeable, refusalIfLastOwner } from '@tenantry/domain/member/change';
import { refuse } from '@tenantry/domain/refusals';
import { ownRole } from './update.ts';

/** Takes a member out of the account. What they made stays. Refuses `not_found`, `role_forbids`, `last_owner`. */
export async function deleteMember(tx: AccountTransaction, { userId }: MemberInput) {
  await lockAccount(tx);
  const by = await ownRole(tx);
  if (typeof by !== 'string') return by;
  const member = await findMembership(tx, userId);
  if (member === null) return refuse('not_found');
  const owners = await countOwners(tx);
  const forbidden = refusalIfMemberUnchangeable({ by, from: member.role, to: undefined, owners });
  if (forbidden !== undefined) return forbidden;
  await deleteMembership(tx, userId);
  return { userId };
}

/** Leaves the account. Refuses `role_forbids` to a key, `last_owner`. */
export async function leaveAccount(tx: AccountTransaction) {
  await lockAccount(tx);
  const role = await ownRole(tx);
  if (typeof role !== 'string' || tx.actor.kind !== 'user') return refuse('role_forbids');
  const { userId } = tx.actor;
  const forbidden = refusalIfLastOwner(role, undefined, await countOwners(tx));
  if (forbidden !== undefined) return forbidden;
  await deleteMembership(tx, userId);
  return { userId };
}
