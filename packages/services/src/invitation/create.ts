import type { CreateInvitationInput } from '@tenantry/contract/invitation';
import { getAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import {
  endInvitationsOf,
  findInvitation,
  insertInvitation,
  listInvitationTimes,
} from '@tenantry/db/invitation/queries';
import { findSite } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { findMember, findMemberByEmail } from '@tenantry/db/user/queries';
import {
  invitationWindowSeconds,
  mayOffer,
  refusalIfInvitedTooOften,
} from '@tenantry/domain/invitation/status';
import { canBeLimited } from '@tenantry/domain/member/change';
import { refusalIfLimitReached } from '@tenantry/domain/plans';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { composeEmail, sentence } from '../email/compose.ts';
import { countEmail } from '../email/count.ts';
import type { EmailMessage } from '../ports.ts';
import { roleOfManager } from '../member/role.ts';
import { countSeats } from './seats.ts';
import { invitationView } from './view.ts';

const invitationDays = 7;

/**
 * Invites an e-mail address to the account; an earlier invitation of it ends. The answer does not say whether somebody
 * outside the account has the address, and only the e-mail has the token. Refuses `role_forbids`, `already_member`,
 * `plan_limit_reached`, `not_found` for a site, `conflict` for sites with a role that sees all of them, and `throttled`
 * above the bounds of the account and of the mailbox.
 */
export async function createInvitation(
  context: Context<'identity' | 'emails' | 'background'>,
  { email, role, siteIds }: CreateInvitationInput,
) {
  const { tx, now, actor, identity, emails, background } = context;
  const by = await roleOfManager(tx);
  if (isRefusal(by)) return by;
  if (!mayOffer(by, role) || actor.kind !== 'user') return refuse('role_forbids');
  if (siteIds !== undefined && !canBeLimited(role)) return refuse('conflict');
  for (const siteId of siteIds ?? []) if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const address = identity.normaliseEmail(email);
  const emailDigest = identity.digestText(address);
  if ((await findMemberByEmail(tx, emailDigest)) !== null) return refuse('already_member');
  await endInvitationsOf(tx, emailDigest);
  const full =
    (await refusalIfFull(tx)) ?? (await countEmail(tx, { kind: 'invitation', email: address }, context));
  if (full !== undefined) return full;
  const { token, digest } = identity.mintToken();
  const id = newId();
  const expiresAt = new Date(now.getTime() + invitationDays * 86_400_000);
  const offer = { id, email: address, emailDigest, role, invitedBy: actor.userId, expiresAt };
  await insertInvitation(tx, digest, { ...offer, siteIds: siteIds ?? null });
  const invitation = await findInvitation(tx, id);
  if (invitation === null) throw new Error(`Invitation ${id} is not there after it was written.`);
  const invited = await invitationEmail(tx, {
    to: address,
    userId: actor.userId,
    url: emails.link('invitation', token),
  });
  background.run('invitation.create', () => emails.send(invited));
  return invitationView(tx, invitation);
}

/** Refuses an invitation that the plan has no seat for, and one above the bound of a day. */
async function refusalIfFull(tx: AccountTransaction) {
  const { limits } = await getPlanOfAccount(tx);
  const seats = await countSeats(tx);
  const dayBefore = new Date(tx.now.getTime() - invitationWindowSeconds * 1000);
  return (
    refusalIfLimitReached(seats, limits.usersMax) ??
    refusalIfInvitedTooOften(await listInvitationTimes(tx, dayBefore), limits.usersMax, tx.now)
  );
}

/** The e-mail of an invitation. It names who invites: by their name, or their address when they gave none. */
async function invitationEmail(
  tx: AccountTransaction,
  { to, userId, url }: { to: string; userId: string; url: string },
): Promise<EmailMessage> {
  const { name } = await getAccount(tx);
  const inviter = await findMember(tx, userId);
  return composeEmail({
    to,
    subject: sentence`You are invited to ${name}`,
    before: [
      sentence`${inviter?.name ?? inviter?.email ?? userId} invites you to join ${name}. Follow this link within a week:`,
    ],
    link: { label: 'Accept the invitation', url },
    after: ['If you do not know who invites you, nothing needs to be done.'],
  });
}
