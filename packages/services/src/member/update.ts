import type { LimitMemberInput, UpdateMemberInput } from '@tenantry/contract/member';
import { lockAccount } from '@tenantry/db/account/queries';
import { countOwners, findMembership } from '@tenantry/db/membership/queries';
import { findSite } from '@tenantry/db/site/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { canBeLimited, refusalIfMemberUnchangeable } from '@tenantry/domain/member/change';
import type { Role } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { memberView } from './view.ts';

/** The role of who acts, read again under the account's lock: it may have changed since the gate. */
export async function ownRole(tx: AccountTransaction): Promise<Role | Refusal<'role_forbids'>> {
  if (tx.actor.kind !== 'user') return refuse('role_forbids');
  return (await findMembership(tx, tx.actor.userId))?.role ?? refuse('role_forbids');
}

/** Gives a member another role. Refuses `not_found`, `role_forbids`, `last_owner`. */
export async function updateMember(tx: AccountTransaction, { userId, role }: UpdateMemberInput) {
  await lockAccount(tx);
  const by = await ownRole(tx);
  if (typeof by !== 'string') return by;
  const member = await findMembership(tx, userId);
  if (member === null) return refuse('not_found');
  const owners = await countOwners(tx);
  const forbidden = refusalIfMemberUnchangeable({ by, from: member.role, to: role, owners });
  if (forbidden !== undefined) return forbidden;
  await updateRow(tx, member, { role, ...(canBeLimited(role) ? {} : { siteIds: null }) });
  return memberView(tx, userId);
}

/**
 * Limits an editor or viewer to named sites, or lifts that with null. Refuses `not_found` for a member or a site,
 * `role_forbids`, `conflict` for a role that sees all sites.
 */
export async function limitMember(tx: AccountTransaction, { userId, siteIds }: LimitMemberInput) {
  await lockAccount(tx);
  const by = await ownRole(tx);
  if (typeof by !== 'string') return by;
  const member = await findMembership(tx, userId);
  if (member === null) return refuse('not_found');
  if (!canBeLimited(member.role)) return refuse('conflict');
  for (const siteId of siteIds ?? []) if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  await updateRow(tx, member, { siteIds: siteIds === null ? null : [...new Set(siteIds)] });
  return memberView(tx, userId);
}
