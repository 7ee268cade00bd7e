import { replaceEmailToken } from '@tenantry/db/email-token/queries';
import { findUserById } from '@tenantry/db/user/queries';
import type { Flow, Identity, Emails } from '../ports.ts';

const verificationHours = 48;

/** Mails a person a link that shows that the address is theirs. */
export async function createEmailVerification(
  { database, callInfo }: Flow,
  identity: Identity,
  emails: Emails,
  { userId }: { userId: string },
): Promise<void> {
  const user = await findUserById(database, userId);
  if (user === null || user.emailVerifiedAt != null) return;
  const { token, digest } = identity.mintToken();
  const expiresAt = new Date(callInfo.now.getTime() + verificationHours * 3_600_000);
  const facts = { userId, purpose: 'email_verification', tokenDigest: digest, expiresAt } as const;
  await replaceEmailToken(database, facts, callInfo.now);
  await emails.send({
    to: user.email,
    subject: 'Confirm your address',
    text: `Follow this link to confirm that this address is yours:\n\n${emails.link('email-verification', token)}`,
  });
}
