import type { CreateInvitationInput } from '@tenantry/contract/invitation';
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
import type { AccountTransaction } from '@tenantry/db/transaction';
import { canBeLimited } from '@tenantry/domain/member/change';
import { roleAtLeast } from '@tenantry/domain/permissions';
import { refusalIfLimitReached } from '@tenantry/domain/plans';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { ownRole } from '../member/update.ts';
import type { Identity, EmailMessage, Emails } from '../ports.ts';
import { type InvitationView, invitationView } from './view.ts';

const invitationDays = 7;

/**
 * Offers a place in the account to an address; an earlier offer to it ends. The answer does not say whether the
 * address is known, and the token is in the letter alone. Refuses `role_forbids`, `plan_limit_reached`,
 * `not_found` for a site, `conflict` for sites with a role that sees all.
 */
export async function createInvitation(
  tx: AccountTransaction,
  identity: Identity,
  emails: Emails,
  { email, role, siteIds }: CreateInvitationInput,
): Promise<{ invitation: InvitationView; letter: EmailMessage } | Refusal> {
  await lockAccount(tx);
  const by = await ownRole(tx);
  if (typeof by !== 'string') return by;
  if (!roleAtLeast(by, role) || tx.actor.kind !== 'user') return refuse('role_forbids');
  if (siteIds !== undefined && !canBeLimited(role)) return refuse('conflict');
  for (const siteId of siteIds ?? []) if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const address = identity.normaliseEmail(email);
  const emailDigest = identity.digestText(address);
  await endInvitationsOf(tx, emailDigest);
  const { limits } = await getPlanOfAccount(tx);
  const seats = (await countMembers(tx)) + (await countOpenInvitations(tx));
  const full = refusalIfLimitReached(seats, limits.usersMax);
  if (full !== undefined) return full;
  const { token, digest } = identity.mintToken();
  const id = newId();
  const expiresAt = new Date(tx.now.getTime() + invitationDays * 86_400_000);
  const offer = { id, email: address, emailDigest, role, invitedBy: tx.actor.userId, expiresAt };
  await insertInvitation(tx, digest, { ...offer, siteIds: siteIds ?? null });
  const invitation = await findInvitation(tx, id);
  if (invitation === null) return refuse('not_found');
  const { name } = await getAccount(tx);
  const letter = {
    to: address,
    subject: `You are invited to ${name}`,
    text: `You are invited to join ${name}. Follow this link within a week:\n\n${emails.link('invitation', token)}`,
  };
  return { invitation: invitationView(invitation, tx.now), letter };
}
