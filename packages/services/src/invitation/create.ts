import { getAccount, lockAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import {
  countOpenInvitations,
  endInvitationsOf,
  findInvitation,
  insertInvitation,
} from '@tenantry/db/invitation/queries';
import { countMembers } from '@tenantry/db/membership/queries';
import { findSite } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import type { Records } from '@tenantry/db/transact';
import { canBeLimited } from '@tenantry/domain/member/change';
import { type Role, roleAtLeast } from '@tenantry/domain/permissions';
import { fitsLimit } from '@tenantry/domain/plans';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { ownRole } from '../member/update.ts';
import type { Identity, Letter, Letters } from '../ports.ts';
import { type InvitationView, invitationView } from './view.ts';

export interface InvitationInput {
  email: string;
  role: Role;
  siteIds?: string[] | undefined;
}

const invitationDays = 7;

/**
 * Offers a place in the account to an address; an earlier offer to it ends. The answer does not say whether the
 * address is known, and the token is in the letter alone. Refuses `role_forbids`, `plan_limit_reached`,
 * `not_found` for a site, `conflict` for sites with a role that sees all.
 */
export async function createInvitation(
  records: Records,
  identity: Identity,
  letters: Letters,
  { email, role, siteIds }: InvitationInput,
): Promise<{ invitation: InvitationView; letter: Letter } | Refusal> {
  await lockAccount(records);
  const by = await ownRole(records);
  if (typeof by !== 'string') return by;
  if (!roleAtLeast(by, role) || records.actor.kind !== 'user') return refuse('role_forbids');
  if (siteIds !== undefined && !canBeLimited(role)) return refuse('conflict');
  for (const siteId of siteIds ?? [])
    if ((await findSite(records, siteId)) === null) return refuse('not_found');
  const address = identity.normaliseEmail(email);
  const emailDigest = identity.digestText(address);
  await endInvitationsOf(records, emailDigest);
  const { limits } = await getPlanOfAccount(records);
  const seats = (await countMembers(records)) + (await countOpenInvitations(records));
  const full = fitsLimit(seats, limits.usersMax);
  if (full !== undefined) return full;
  const { token, digest } = identity.mintToken();
  const id = newId();
  const expiresAt = new Date(records.now.getTime() + invitationDays * 86_400_000);
  const offer = { id, email: address, emailDigest, role, invitedBy: records.actor.userId, expiresAt };
  await insertInvitation(records, digest, { ...offer, siteIds: siteIds ?? null });
  const invitation = await findInvitation(records, id);
  if (invitation === null) return refuse('not_found');
  const { name } = await getAccount(records);
  const letter = {
    to: address,
    subject: `You are invited to ${name}`,
    text: `You are invited to join ${name}. Follow this link within a week:\n\n${letters.link('invitation', token)}`,
  };
  return { invitation: invitationView(invitation, records.now), letter };
}
