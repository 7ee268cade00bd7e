import type { LimitMemberInput, UpdateMemberInput } from '@tenantry/contract/member';
import { endInvitationsBy } from '@tenantry/db/invitation/queries';
import { countOwners, findMembership } from '@tenantry/db/membership/queries';
import { updateRow } from '@tenantry/db/row';
import { findSite } from '@tenantry/db/site/queries';
import { rolesNotOffered } from '@tenantry/domain/invitation/status';
import { canBeLimited, refusalIfMemberUnchangeable } from '@tenantry/domain/member/change';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { roleOfManager } from './role.ts';
import { memberView } from './view.ts';

/**
 * Gives a member another role, and ends their open invitations to roles that it may not offer. Refuses `not_found`,
 * `role_forbids`, `last_owner`.
 */
export async function updateMember({ tx }: Context, { userId, role }: UpdateMemberInput) {
  const by = await roleOfManager(tx);
  if (isRefusal(by)) return by;
  const member = await findMembership(tx, userId);
  if (member === null) return refuse('not_found');
  const owners = await countOwners(tx);
  const refusal = refusalIfMemberUnchangeable({ by, from: member.role, to: role, owners });
  if (refusal !== undefined) return refusal;
  await updateRow(tx, member, { role, ...(canBeLimited(role) ? {} : { siteIds: null }) });
  await endInvitationsBy(tx, userId, rolesNotOffered(role));
  return memberView(tx, userId);
}

/**
 * Limits an editor or viewer to named sites, or lifts the limit with null. Refuses `not_found` for a member or a site,
 * `role_forbids`, and `conflict` for a role that sees every site.
 */
export async function limitMember({ tx }: Context, { userId, siteIds }: LimitMemberInput) {
  const by = await roleOfManager(tx);
  if (isRefusal(by)) return by;
  const member = await findMembership(tx, userId);
  if (member === null) return refuse('not_found');
  if (!canBeLimited(member.role)) return refuse('conflict');
  for (const siteId of siteIds ?? []) if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  await updateRow(tx, member, { siteIds: siteIds === null ? null : [...new Set(siteIds)] });
  return memberView(tx, userId);
}
