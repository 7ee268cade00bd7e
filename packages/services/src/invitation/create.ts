import type { CreateInvitationInput } from '@tenantry/contract/invitation';
import { getAccount } from '@tenantry/db/account/queries';
import { endInvitationsOf, listInvitationTimes } from '@tenantry/db/invitation/queries';
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
import { sentence } from '../email/sentence.ts';
import { roleOfManager } from '../member/role.ts';
import { offerPlace } from './offer.ts';
import { countSeats } from './seats.ts';
import { invitationView } from './view.ts';

/**
 * Invites an e-mail address to the account; an earlier invitation of it ends. The answer does not say whether somebody
 * outside the account has the address. The e-mail names who invites: by their name, or their address when they gave
 * none. Refuses `role_forbids`, `already_member`, `plan_limit_reached`, `not_found` for a site, `conflict` for sites with
 * a role that sees all of them, and `throttled` above the bounds of the account and of the mailbox.
 */
export async function createInvitation(
  context: Context<'identity' | 'emails' | 'background'>,
  { email, role, siteIds }: CreateInvitationInput,
) {
  const { tx, actor, identity, emails, background } = context;
  const by = await roleOfManager(tx);
  if (isRefusal(by)) return by;
  if (!mayOffer(by, role) || actor.kind !== 'user') return refuse('role_forbids');
  if (siteIds !== undefined && !canBeLimited(role)) return refuse('conflict');
  for (const siteId of siteIds ?? []) if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const address = identity.normaliseEmail(email);
  const emailDigest = identity.digestText(address);
  if ((await findMemberByEmail(tx, emailDigest)) !== null) return refuse('already_member');
  await endInvitationsOf(tx, emailDigest);
  const full = await refusalIfFull(tx);
  if (full !== undefined) return full;
  const { name } = await getAccount(tx);
  const inviter = await findMember(tx, actor.userId);
  const offered = await offerPlace(tx, context, {
    email: address,
    role,
    siteIds: siteIds ?? null,
    inviter: { userId: actor.userId },
    subject: sentence`You are invited to ${name}`,
    text: sentence`${inviter?.name ?? inviter?.email ?? actor.userId} invites you to join ${name}. Follow this link within a week:`,
  });
  if (isRefusal(offered)) return offered;
  background.run('invitation.create', () => emails.send(offered.message));
  return invitationView(tx, offered.invitation);
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
