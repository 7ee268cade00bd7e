import type { ChangeEmailInput } from '@tenantry/contract/me';
import { replaceEmailToken } from '@tenantry/db/email-token/queries';
import { findUserByEmail } from '@tenantry/db/user/queries';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';
import { composeEmail } from '../email/compose.ts';
import { sentence } from '../email/sentence.ts';
import { countEmail } from '../email/count.ts';
import { confirmOwner, settleOwner } from './confirm-owner.ts';

const changeHours = 24;

/**
 * Asks for another address, with the password. A link is mailed to the new address, which takes effect when it is
 * followed; the present address gets a notice. Refuses `unauthenticated` for the password,
 * `throttled` after too many or above the bound of the mailbox, and `email_taken` as a registration does.
 */
export async function changeEmail(
  { commit, ...context }: PersonContext<'identity' | 'emails' | 'background'>,
  { email, password }: ChangeEmailInput,
) {
  const { actor, database, identity, now } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  const newEmail = identity.normaliseEmail(email);
  const newEmailDigest = identity.digestText(newEmail);
  const { token, digest: tokenDigest } = identity.mintToken();
  const expiresAt = new Date(now.getTime() + changeHours * 3_600_000);
  const purpose = 'email_change' as const;
  return confirmOwner(context, { userId, password }, async (owner) => {
    if ((await findUserByEmail(database, newEmailDigest)) !== null) return refuse('email_taken');
    const asked = await commit(async (tx) => {
      const stale = await settleOwner(tx, owner);
      if (stale !== undefined) return stale;
      const full =
        (await countEmail(tx, { kind: 'email_change_notice', email: owner.email }, context)) ??
        (await countEmail(tx, { kind: purpose, email: newEmail }, context));
      if (full !== undefined) return full;
      const link = { userId, purpose, tokenDigest, expiresAt, newEmail, newEmailDigest };
      await replaceEmailToken(tx, link, now);
      return done;
    });
    if (!isRefusal(asked))
      context.background.run('me.changeEmail', () => sendLinks(context, { token, newEmail, owner }));
    return asked;
  });
}

async function sendLinks(
  { emails }: Pick<PersonContext<'emails'>, 'emails'>,
  { token, newEmail, owner }: { token: string; newEmail: string; owner: { email: string } },
): Promise<void> {
  await emails.send(
    composeEmail({
      to: newEmail,
      subject: 'Confirm your new address',
      before: ['Follow this link within a day to sign in with this address from now on:'],
      link: { label: 'Confirm your new address', url: emails.link('email-change', token) },
      after: ['If you did not ask for it, nothing needs to be done.'],
    }),
  );
  await emails.send(
    composeEmail({
      to: owner.email,
      subject: 'Another address was asked for',
      before: [
        sentence`Somebody who knows your password asked to sign in with another address instead of this one: ${newEmail}`,
        'If it was not you, set a new password now. That also stops the change.',
      ],
    }),
  );
}
