import type { ConfirmPasswordResetInput } from '@tenantry/contract/password-reset';
import { findEmailToken, useEmailToken } from '@tenantry/db/email-token/queries';
import { revokeSessionsOf } from '@tenantry/db/session/queries';
import { insertSecurityEvent } from '@tenantry/db/staff/queries';
import { setPasswordHash } from '@tenantry/db/user/queries';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { done } from '../done.ts';
import { forgetSessions } from '../session/forget.ts';

/**
 * Sets a new password with a token that was sent by e-mail, once, and ends every session of the person, in one
 * transaction with its security event. Refuses `not_found` for a token that is used, expired or unknown.
 */
export async function confirmPasswordReset(
  { database, identity, sessionCache, ...call }: DirectoryContext<'identity' | 'sessionCache'>,
  { token, password }: ConfirmPasswordResetInput,
) {
  const { now } = call;
  const found = await findEmailToken(database, identity.digestText(token), 'password_reset', now);
  if (found === null) return refuse('not_found');
  const passwordHash = await identity.hashPassword(password);
  const { userId } = found;
  const changed = await database.withoutAccount.write({ userId }, async (tx) => {
    if (!(await useEmailToken(tx, found.id, now))) return refuse('not_found');
    await setPasswordHash(tx, userId, passwordHash);
    const sessionIds = await revokeSessionsOf(tx, userId, { now });
    await insertSecurityEvent(tx, call, 'passwordReset.confirm', { userId });
    return sessionIds;
  });
  if (isRefusal(changed)) return changed;
  forgetSessions({ sessionCache }, changed);
  return done;
}
