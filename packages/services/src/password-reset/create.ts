import type { CreatePasswordResetInput } from '@tenantry/contract/password-reset';
import { replaceTokenOfAddress } from '@tenantry/db/email-token/queries';
import { findUserByEmail } from '@tenantry/db/user/queries';
import type { DirectoryContext } from '../context.ts';
import { done } from '../done.ts';

const resetMinutes = 60;

/**
 * Asks for an e-mail with a link to set a new password. The work runs after the answer, so that neither the bytes nor
 * the time of the answer tell whether the address is known.
 */
export async function createPasswordReset(
  context: DirectoryContext<'identity' | 'emails' | 'background'>,
  input: CreatePasswordResetInput,
) {
  context.background.run('passwordReset.create', () => sendPasswordReset(context, input));
  return done;
}

async function sendPasswordReset(
  { database, now, identity, emails }: DirectoryContext<'identity' | 'emails'>,
  { email }: CreatePasswordResetInput,
): Promise<void> {
  const user = await findUserByEmail(database, identity.digestText(identity.normaliseEmail(email)));
  if (user === null) return;
  const { token, digest } = identity.mintToken();
  const expiresAt = new Date(now.getTime() + resetMinutes * 60_000);
  const emailToken = { userId: user.id, purpose: 'password_reset', tokenDigest: digest, expiresAt } as const;
  const { emailDigest } = user;
  if (!(await replaceTokenOfAddress(database, emailToken, { emailDigest, now }))) return;
  const link = emails.link('password-reset', token);
  await emails.send({
    to: user.email,
    subject: 'Set a new password',
    text: `Somebody asked for a new password for this address. If it was you, follow this link within an hour:\n\n${link}\n\nIf it was not, nothing needs to be done.`,
  });
}
