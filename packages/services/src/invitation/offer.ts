import { newId } from '@tenantry/db/ids';
import { type Inviter, findInvitation, insertInvitation } from '@tenantry/db/invitation/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import type { Role } from '@tenantry/domain/permissions';
import { composeEmail } from '../email/compose.ts';
import type { Sentence } from '../email/sentence.ts';
import { countEmail } from '../email/count.ts';
import type { Emails, Identity } from '../ports.ts';

const invitationDays = 7;

/** A place in an account that is offered to an address. */
interface Offer {
  /** In its one spelling. */
  readonly email: string;
  readonly role: Role;
  readonly siteIds: string[] | null;
  readonly inviter: Inviter;
  /** What the e-mail says above the link. */
  readonly subject: Sentence;
  readonly text: Sentence;
}

/**
 * Writes an invitation and makes its e-mail, which alone has the token; the caller sends it. Refuses `throttled` above
 * the bound of the mailbox.
 */
export async function offerPlace(
  tx: AccountTransaction,
  { identity, emails }: { identity: Identity; emails: Emails },
  { email, role, siteIds, inviter, subject, text }: Offer,
) {
  const { now } = tx;
  const full = await countEmail(tx, { kind: 'invitation', email }, { identity, now });
  if (full !== undefined) return full;
  const { token, digest } = identity.mintToken();
  const id = newId();
  const expiresAt = new Date(now.getTime() + invitationDays * 86_400_000);
  const emailDigest = identity.digestText(email);
  await insertInvitation(tx, digest, { id, email, emailDigest, role, siteIds, inviter, expiresAt });
  const invitation = await findInvitation(tx, id);
  if (invitation === null) throw new Error(`Invitation ${id} is not there after it was written.`);
  const message = composeEmail({
    to: email,
    subject,
    before: [text],
    link: { label: 'Accept the invitation', url: emails.link('invitation', token) },
    after: ['If you do not know who invites you, nothing needs to be done.'],
  });
  return { invitation, message };
}
