import { replaceEmailToken } from '@tenantry/db/email-token/queries';
import { findUserByEmail } from '@tenantry/db/user/queries';
import type { Flow, Identity, Letters } from '../ports.ts';

const resetMinutes = 60;

/** Mails a link to set a new password, if the address is known; the answer never depends on that. */
export async function createPasswordReset(
  { database, deed }: Flow,
  identity: Identity,
  letters: Letters,
  { email }: { email: string },
): Promise<void> {
  const user = await findUserByEmail(database, identity.digestText(identity.normaliseEmail(email)));
  if (user === null) return;
  const { token, digest } = identity.mintToken();
  const expiresAt = new Date(deed.now.getTime() + resetMinutes * 60_000);
  const facts = { userId: user.id, purpose: 'password_reset', tokenDigest: digest, expiresAt } as const;
  await replaceEmailToken(database, facts, deed.now);
  await letters.send({
    to: user.email,
    subject: 'Set a new password',
    text: `Somebody asked for a new password for this address. If it was you, follow this link within an hour:\n\n${letters.link('password-reset', token)}\n\nIf it was not, nothing needs to be done.`,
  });
}
