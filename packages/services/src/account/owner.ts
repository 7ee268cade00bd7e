import { getAccount, lockAccount } from '@tenantry/db/account/queries';
import { insertAuditEntry } from '@tenantry/db/audit/queries';
import type { Invitation } from '@tenantry/db/invitation/entity';
import { endInvitationsOf, findInvitationByOperator } from '@tenantry/db/invitation/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { invitationStatus } from '@tenantry/domain/invitation/status';
import { isRefusal } from '@tenantry/domain/refusals';
import { sentence } from '../email/sentence.ts';
import { offerPlace } from '../invitation/offer.ts';
import { invitationView } from '../invitation/view.ts';
import type { EmailMessage, Emails, Identity } from '../ports.ts';

/** What an invitation of an owner needs: the ports, the service key that invites, and where its e-mail goes. */
export interface OwnerInvitation {
  readonly identity: Identity;
  readonly emails: Emails;
  readonly serviceKeyId: string;
  /** Takes the e-mail, which is sent once the invitation is committed. */
  readonly enqueue: (message: EmailMessage) => void;
}

/**
 * Invites an address to own the account. Nobody owns an account that they did not accept: the answer and the work are
 * the same for a person who is known and for one who is not. Refuses `throttled` above the bound of the mailbox.
 */
export async function inviteOwner(
  tx: AccountTransaction,
  { serviceKeyId, enqueue, ...ports }: OwnerInvitation,
  email: string,
) {
  const { name } = await getAccount(tx);
  const offered = await offerPlace(tx, ports, {
    email,
    role: 'owner',
    siteIds: null,
    inviter: { serviceKeyId },
    subject: sentence`${name} is set up for you`,
    text: sentence`The account ${name} is set up for you. Follow this link within a week to become its owner:`,
  });
  if (isRefusal(offered)) return offered;
  await insertAuditEntry(tx, 'invitation.create', offered.invitation.id, { role: 'owner' });
  enqueue(offered.message);
  return invitationView(tx, offered.invitation);
}

/**
 * The invitation of the owner that an earlier request named. One that has expired is made anew, so that a request which
 * is repeated after a week reaches an owner who missed it; in a suspended or closed account it stays as it is. Refuses
 * `throttled` above the bound of the mailbox.
 */
export async function findOwnerAgain(tx: AccountTransaction, invite: OwnerInvitation, email: string) {
  const status = await lockAccount(tx);
  const last = await findInvitationByOperator(tx);
  if (last === null) throw new Error(`The account ${tx.accountId} has no invitation of its owner.`);
  if (status !== 'active' || !hasExpired(last, tx.now)) return invitationView(tx, last);
  await endInvitationsOf(tx, last.emailDigest);
  return inviteOwner(tx, invite, email);
}

function hasExpired({ acceptedAt = null, revokedAt = null, expiresAt }: Invitation, now: Date): boolean {
  return invitationStatus({ acceptedAt, revokedAt, expiresAt }, now) === 'expired';
}
