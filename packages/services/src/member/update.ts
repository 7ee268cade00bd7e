import { lockAccount } from '@tenantry/db/account/queries';
import { countOwners, findMembership } from '@tenantry/db/membership/queries';
import { findSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { canBeLimited, mayChangeMember } from '@tenantry/domain/member/change';
import type { Role } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { memberView } from './view.ts';

/** The role of who acts, read again under the account's lock: it may have changed since the gate. */
export async function ownRole(records: Records): Promise<Role | Refusal<'role_forbids'>> {
  if (records.actor.kind !== 'user') return refuse('role_forbids');
  return (await findMembership(records, records.actor.userId))?.role ?? refuse('role_forbids');
}

/** Gives a member another role. Refuses `not_found`, `role_forbids`, `last_owner`. */
export async function updateMember(records: Records, { userId, role }: { userId: string; role: Role }) {
  await lockAccount(records);
  const by = await ownRole(records);
  if (typeof by !== 'string') return by;
  const member = await findMembership(records, userId);
  if (member === null) return refuse('not_found');
  const owners = await countOwners(records);
  const forbidden = mayChangeMember({ by, from: member.role, to: role, owners });
  if (forbidden !== undefined) return forbidden;
  member.role = role;
  if (!canBeLimited(role)) member.siteIds = null;
  await records.em.flush();
  return memberView(records, userId);
}

/**
 * Limits an editor or viewer to named sites, or lifts that with null. Refuses `not_found` for a member or a site,
 * `role_forbids`, `conflict` for a role that sees all sites.
 */
export async function limitMember(
  records: Records,
  { userId, siteIds }: { userId: string; siteIds: string[] | null },
) {
  await lockAccount(records);
  const by = await ownRole(records);
  if (typeof by !== 'string') return by;
  const member = await findMembership(records, userId);
  if (member === null) return refuse('not_found');
  if (!canBeLimited(member.role)) return refuse('conflict');
  for (const siteId of siteIds ?? [])
    if ((await findSite(records, siteId)) === null) return refuse('not_found');
  member.siteIds = siteIds === null ? null : [...new Set(siteIds)];
  await records.em.flush();
  return memberView(records, userId);
}
