import type { ConfirmEmailInput } from '@tenantry/contract/me';
import { refuseIfTaken } from '@tenantry/db/constraints';
import type { EmailToken } from '@tenantry/db/email-token/entity';
import { endEmailTokens, findEmailToken, useEmailToken } from '@tenantry/db/email-token/queries';
import { insertSecurityEvent } from '@tenantry/db/staff/queries';
import { findUserById, lockUser, setEmail } from '@tenantry/db/user/queries';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { done } from '../done.ts';
import { composeEmail } from '../email/compose.ts';

/** Somebody registered the address in the meantime. */
const conflicts = { app_user_email_digest_key: 'email_taken' } as const;

/**
 * Gives a person the address that a mailed token confirms, once; every other link that was mailed to them ends, and the
 * former address gets a notice. Refuses `not_found` for a token that is used, expired or unknown, and `email_taken`.
 */
export async function confirmEmail(
  context: DirectoryContext<'identity' | 'emails' | 'background'>,
  { token }: ConfirmEmailInput,
) {
  const { database, identity, emails, now } = context;
  const found = await findEmailToken(database, identity.digestText(token), 'email_change', now);
  const user = found === null ? null : await findUserById(database, found.userId);
  if (found === null || user === null) return refuse('not_found');
  const changed = await writeEmail(context, found);
  if (isRefusal(changed)) return changed;
  context.background.run('me.confirmEmail', () =>
    emails.send(
      composeEmail({
        to: user.email,
        subject: 'Your address was changed',
        before: ['You now sign in with another address. If you did not ask for that, write to us at once.'],
      }),
    ),
  );
  return changed;
}

function writeEmail(
  { database, ...call }: DirectoryContext,
  { id, userId, newEmail, newEmailDigest }: EmailToken,
) {
  const { now } = call;
  if (newEmail == null || newEmailDigest == null) throw new Error(`The token ${id} holds no new address.`);
  return database.withoutAccount.write({ userId }, async (tx) => {
    await lockUser(tx, userId);
    if (!(await useEmailToken(tx, id, now))) return refuse('not_found');
    const taken = await refuseIfTaken(conflicts, () =>
      setEmail(tx, userId, { newEmail, newEmailDigest, now }),
    );
    if (isRefusal(taken)) return taken;
    await endEmailTokens(tx, userId, ['password_reset', 'email_verification', 'email_change'], now);
    await insertSecurityEvent(tx, call, 'me.confirmEmail', { userId });
    return done;
  });
}
