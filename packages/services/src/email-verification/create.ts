import { replaceEmailToken } from '@tenantry/db/email-token/queries';
import { findUserById } from '@tenantry/db/user/queries';
import type { Flow, Identity, Letters } from '../ports.ts';

const verificationHours = 48;

/** Mails a person a link that shows that the address is theirs. */
export async function createEmailVerification(
  { database, deed }: Flow,
  identity: Identity,
  letters: Letters,
  { userId }: { userId: string },
): Promise<void> {
  const user = await findUserById(database, userId);
  if (user === null || user.emailVerifiedAt != null) return;
  const { token, digest } = identity.mintToken();
  const expiresAt = new Date(deed.now.getTime() + verificationHours * 3_600_000);
  const facts = { userId, purpose: 'email_verification', tokenDigest: digest, expiresAt } as const;
  await replaceEmailToken(database, facts, deed.now);
  await letters.send({
    to: user.email,
    subject: 'Confirm your address',
    text: `Follow this link to confirm that this address is yours:\n\n${letters.link('email-verification', token)}`,
  });
}
