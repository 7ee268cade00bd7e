import { findUserById } from '@tenantry/db/user/queries';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext, PersonContext } from '../context.ts';
import { done } from '../done.ts';
import { type MailedToken, beginEmailToken } from '../email/begin-token.ts';
import { composeEmail } from '../email/compose.ts';

const verificationHours = 48;

/**
 * Sends a person an e-mail whose link confirms their address. Refuses `conflict` when it is confirmed already, and
 * `throttled` above the bound of the mailbox.
 */
export async function createEmailVerification({
  commit,
  ...context
}: PersonContext<'identity' | 'emails' | 'background'>) {
  const { database, actor, identity, background } = context;
  const user = actor.kind === 'user' ? await findUserById(database, actor.userId) : null;
  if (user === null) return refuse('unauthenticated');
  if (user.emailVerifiedAt != null) return refuse('conflict');
  const { token, digest } = identity.mintToken();
  const mailed = tokenOf(user, digest, context.now);
  const asked = await commit(async (tx) => (await beginEmailToken(tx, mailed, context)) ?? done);
  if (!isRefusal(asked))
    background.run('emailVerification.create', () => sendLink(context, { email: user.email, token }));
  return asked;
}

/** Sends the e-mail of a registration. */
export async function sendEmailVerification(
  context: DirectoryContext<'identity' | 'emails'>,
  { userId }: { userId: string },
): Promise<void> {
  const { database, identity } = context;
  const user = await findUserById(database, userId);
  if (user === null || user.emailVerifiedAt != null) return;
  const { token, digest } = identity.mintToken();
  const mailed = tokenOf(user, digest, context.now);
  const refusal = await database.withoutAccount.write({ userId }, (tx) =>
    beginEmailToken(tx, mailed, context),
  );
  if (refusal === undefined) await sendLink(context, { email: user.email, token });
}

/** The token of an e-mail as it is stored. */
const tokenOf = (user: MailedToken['user'], tokenDigest: string, now: Date): MailedToken => ({
  user,
  purpose: 'email_verification',
  tokenDigest,
  expiresAt: new Date(now.getTime() + verificationHours * 3_600_000),
});

async function sendLink(
  { emails }: DirectoryContext<'emails'>,
  { email, token }: { email: string; token: string },
): Promise<void> {
  await emails.send(
    composeEmail({
      to: email,
      subject: 'Confirm your address',
      before: ['Follow this link to confirm that this address is yours:'],
      link: { label: 'Confirm your address', url: emails.link('email-verification', token) },
    }),
  );
}
