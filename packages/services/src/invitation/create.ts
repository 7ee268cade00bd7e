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
import { canBeLimited } from '@tenantry/domain/member/change';
import { roleAtLeast } from '@tenantry/domain/permissions';
import { refusalIfLimitReached } from '@tenantry/domain/plans';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { roleOfManager } from '../member/role.ts';
import { invitationView } from './view.ts';

const invitationDays = 7;

/**
 * Invites an e-mail address to the account; an earlier invitation of it ends. The answer does not say whether the
 * address is known, and only the e-mail has the token. Refuses `role_forbids`, `plan_limit_reached`, `not_found` for a
 * site, and `conflict` for sites with a role that sees all of them.
 */
export async function createInvitation(
  { tx, now, actor, identity, emails, background }: Context<'identity' | 'emails' | 'background'>,
  { email, role, siteIds }: CreateInvitationInput,
) {
  await lockAccount(tx);
  const by = await roleOfManager(tx);
  if (isRefusal(by)) return by;
  if (!roleAtLeast(by, role) || actor.kind !== 'user') return refuse('role_forbids');
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
  const expiresAt = new Date(now.getTime() + invitationDays * 86_400_000);
  const offer = { id, email: address, emailDigest, role, invitedBy: actor.userId, expiresAt };
  await insertInvitation(tx, digest, { ...offer, siteIds: siteIds ?? null });
  const invitation = await findInvitation(tx, id);
  if (invitation === null) throw new Error(`Invitation ${id} is not there after it was written.`);
  const { name } = await getAccount(tx);
  background.run('invitation.create', () =>
    emails.send({
      to: address,
      subject: `You are invited to ${name}`,
      text: `You are invited to join ${name}. Follow this link within a week:\n\n${emails.link('invitation', token)}`,
    }),
  );
  return invitationView(tx, invitation);
}
