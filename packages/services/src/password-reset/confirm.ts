import type { ConfirmPasswordResetInput } from '@tenantry/contract/password-reset';
import { endEmailTokens, findEmailToken, useEmailToken } from '@tenantry/db/email-token/queries';
import { endUnprovenSecondFactor } from '@tenantry/db/second-factor/queries';
import { clearGuardsOf } from '@tenantry/db/session/guard';
import { insertSecurityEvent } from '@tenantry/db/staff/queries';
import type { Transaction } from '@tenantry/db/transaction';
import { findUserById, lockUser, markEmailVerified, setPasswordHash } from '@tenantry/db/user/queries';
import { refusalIfWeakPassword } from '@tenantry/domain/password';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { done } from '../done.ts';
import { endSessionsWith } from '../session/end.ts';

/**
 * Sets a new password with a token that was sent by e-mail, once. The holder of the token reads the mail of the address,
 * so in the same transaction the address is confirmed, and locks, sessions, other mailed links and a second factor that
 * was set up before the address was confirmed end. Refuses `not_found` for a token that is used, expired or
 * unknown, and `invalid_input` for a weak password, which leaves the token as it is.
 */
export async function confirmPasswordReset(
  context: DirectoryContext<'identity' | 'sessionCache'>,
  { token, password }: ConfirmPasswordResetInput,
) {
  const { database, identity, now } = context;
  const found = await findEmailToken(database, identity.digestText(token), 'password_reset', now);
  const user = found === null ? null : await findUserById(database, found.userId);
  if (found === null || user === null) return refuse('not_found');
  const { isCommonPassword: isCommon } = identity;
  const texts = [user.email, user.name];
  const weak = refusalIfWeakPassword(password, { isCommon, texts, path: 'password' });
  if (weak !== undefined) return weak;
  const passwordHash = await identity.hashPassword(password);
  const { id: userId, emailDigest: presented } = user;
  return endSessionsWith(context, { userId, sessions: 'all' }, (endSessions) =>
    database.withoutAccount.write({ userId, presented }, async (tx) => {
      const locked = await lockUser(tx, userId);
      if (locked?.emailDigest !== presented || !(await useEmailToken(tx, found.id, now)))
        return refuse('not_found');
      await setPasswordHash(tx, userId, passwordHash);
      await giveBack(tx, { userId, emailDigest: presented, now });
      await endSessions(tx);
      await insertSecurityEvent(tx, context, 'passwordReset.confirm', { userId });
      return done;
    }),
  );
}

/** Ends what somebody may have set up or locked before the owner of the mailbox came. */
async function giveBack(
  tx: Transaction,
  { userId, emailDigest, now }: { userId: string; emailDigest: string; now: Date },
): Promise<void> {
  await endUnprovenSecondFactor(tx, userId);
  await markEmailVerified(tx, userId, now);
  await clearGuardsOf(tx, emailDigest);
  await endEmailTokens(tx, userId, ['password_reset', 'email_verification', 'email_change'], now);
}
