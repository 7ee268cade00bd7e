import type { MemberInput } from '@tenantry/contract/member';
import { endInvitationsBy } from '@tenantry/db/invitation/queries';
import { countOwners, deleteMembership, findMembership } from '@tenantry/db/membership/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { rolesNotOffered } from '@tenantry/domain/invitation/status';
import { refusalIfLastOwner, refusalIfMemberUnchangeable } from '@tenantry/domain/member/change';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { roleOfActor, roleOfManager } from './role.ts';

/**
 * Removes a member from the account. What the member made stays, but for their open invitations. Refuses `not_found`,
 * `role_forbids`, `last_owner`.
 */
export async function deleteMember({ tx }: Context, { userId }: MemberInput) {
  const by = await roleOfManager(tx);
  if (isRefusal(by)) return by;
  const member = await findMembership(tx, userId);
  if (member === null) return refuse('not_found');
  const owners = await countOwners(tx);
  const refusal = refusalIfMemberUnchangeable({ by, from: member.role, to: undefined, owners });
  if (refusal !== undefined) return refusal;
  await endMembership(tx, userId);
  return { userId };
}

/** Leaves the account. Refuses `role_forbids` to an API key, and `last_owner`. */
export async function leaveAccount({ tx, actor }: Context) {
  const role = await roleOfActor(tx);
  if (isRefusal(role)) return role;
  if (actor.kind !== 'user') return refuse('role_forbids');
  const refusal = refusalIfLastOwner(role, undefined, await countOwners(tx));
  if (refusal !== undefined) return refusal;
  await endMembership(tx, actor.userId);
  return { userId: actor.userId };
}

/** Ends a membership with the invitations that the member made and that are still open. */
async function endMembership(tx: AccountTransaction, userId: string): Promise<void> {
  await deleteMembership(tx, userId);
  await endInvitationsBy(tx, userId, rolesNotOffered(undefined));
}
