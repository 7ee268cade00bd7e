import { replaceTokenOfAddress } from '@tenantry/db/email-token/queries';
import { findUserById } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext, PersonContext } from '../context.ts';
import { done } from '../done.ts';

const verificationHours = 48;

/** Sends a person an e-mail whose link confirms their address; nothing is sent when it is confirmed already. */
export async function createEmailVerification({
  commit,
  ...context
}: PersonContext<'identity' | 'emails' | 'background'>) {
  const { actor } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  const asked = await commit(async () => done);
  context.background.run('emailVerification.create', () => sendEmailVerification(context, { userId }));
  return asked;
}

/** Sends the e-mail; an earlier link of the person stops working. */
export async function sendEmailVerification(
  { database, now, identity, emails }: DirectoryContext<'identity' | 'emails'>,
  { userId }: { userId: string },
): Promise<void> {
  const user = await findUserById(database, userId);
  if (user === null || user.emailVerifiedAt != null) return;
  const { token, digest } = identity.mintToken();
  const expiresAt = new Date(now.getTime() + verificationHours * 3_600_000);
  const emailToken = { userId, purpose: 'email_verification', tokenDigest: digest, expiresAt } as const;
  const { emailDigest } = user;
  if (!(await replaceTokenOfAddress(database, emailToken, { emailDigest, now }))) return;
  const link = emails.link('email-verification', token);
  await emails.send({
    to: user.email,
    subject: 'Confirm your address',
    text: `Follow this link to confirm that this address is yours:\n\n${link}`,
  });
}
