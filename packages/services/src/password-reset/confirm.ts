import type { ConfirmPasswordResetInput } from '@tenantry/contract/password-reset';
import { findEmailToken, useEmailToken } from '@tenantry/db/email-token/queries';
import { revokeSessions } from '@tenantry/db/session/queries';
import { setPasswordHash } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';

/**
 * Sets a new password with a mailed token, once, and ends every session of the person. Answers the ids of the
 * sessions that ended. Refuses `not_found` for a token that is not good now.
 */
export async function confirmPasswordReset(
  { database, callInfo }: Flow,
  identity: Identity,
  { token, password }: ConfirmPasswordResetInput,
): Promise<{ sessionIds: string[] } | Refusal<'not_found'>> {
  const found = await findEmailToken(database, identity.digestText(token), 'password_reset', callInfo.now);
  if (found === null) return refuse('not_found');
  const passwordHash = await identity.hashPassword(password);
  const { userId } = found;
  const isFirst = await database.withoutAccount.write({ userId }, async (tx) => {
    if (!(await useEmailToken(tx, found.id, callInfo.now))) return false;
    await setPasswordHash(tx, userId, passwordHash);
    return true;
  });
  if (!isFirst) return refuse('not_found');
  return { sessionIds: await revokeSessions(database, userId, undefined, callInfo.now) };
}
