import type { CreatePasswordResetInput } from '@tenantry/contract/password-reset';
import { findUserByEmail } from '@tenantry/db/user/queries';
import type { DirectoryContext } from '../context.ts';
import { done } from '../done.ts';
import { beginEmailToken } from '../email/begin-token.ts';
import { composeEmail } from '../email/compose.ts';

const resetMinutes = 60;

/**
 * Asks for an e-mail with a link to set a new password. The work runs after the answer, so that neither the bytes nor
 * the time of the answer tell whether the address is known. Above the bound of the mailbox nothing is sent, and the
 * link that was sent last still works.
 */
export async function createPasswordReset(
  context: DirectoryContext<'identity' | 'emails' | 'background'>,
  input: CreatePasswordResetInput,
) {
  context.background.run('passwordReset.create', () => sendPasswordReset(context, input));
  return done;
}

async function sendPasswordReset(
  context: DirectoryContext<'identity' | 'emails'>,
  { email }: CreatePasswordResetInput,
): Promise<void> {
  const { database, now, identity, emails } = context;
  const user = await findUserByEmail(database, identity.digestText(identity.normaliseEmail(email)));
  if (user === null) return;
  const { token, digest } = identity.mintToken();
  const expiresAt = new Date(now.getTime() + resetMinutes * 60_000);
  const emailToken = { user, purpose: 'password_reset', tokenDigest: digest, expiresAt } as const;
  const refusal = await database.withoutAccount.write({ userId: user.id }, (tx) =>
    beginEmailToken(tx, emailToken, context),
  );
  if (refusal !== undefined) return;
  await emails.send(
    composeEmail({
      to: user.email,
      subject: 'Set a new password',
      before: [
        'Somebody asked for a new password for this address. If it was you, follow this link within an hour:',
      ],
      link: { label: 'Set a new password', url: emails.link('password-reset', token) },
      after: ['If it was not, nothing needs to be done.'],
    }),
  );
}
