import type { CreatePasswordResetInput } from '@tenantry/contract/password-reset';
import { replaceEmailToken } from '@tenantry/db/email-token/queries';
import { findUserByEmail } from '@tenantry/db/user/queries';
import type { Flow, Identity, Emails } from '../ports.ts';

const resetMinutes = 60;

/** Mails a link to set a new password, if the address is known; the answer never depends on that. */
export async function createPasswordReset(
  { database, callInfo }: Flow,
  identity: Identity,
  emails: Emails,
  { email }: CreatePasswordResetInput,
): Promise<void> {
  const user = await findUserByEmail(database, identity.digestText(identity.normaliseEmail(email)));
  if (user === null) return;
  const { token, digest } = identity.mintToken();
  const expiresAt = new Date(callInfo.now.getTime() + resetMinutes * 60_000);
  const facts = { userId: user.id, purpose: 'password_reset', tokenDigest: digest, expiresAt } as const;
  await replaceEmailToken(database, facts, callInfo.now);
  await emails.send({
    to: user.email,
    subject: 'Set a new password',
    text: `Somebody asked for a new password for this address. If it was you, follow this link within an hour:\n\n${emails.link('password-reset', token)}\n\nIf it was not, nothing needs to be done.`,
  });
}
