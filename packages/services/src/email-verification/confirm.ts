import type { ConfirmEmailVerificationInput } from '@tenantry/contract/email-verification';
import { findEmailToken, useEmailToken } from '@tenantry/db/email-token/queries';
import { insertSecurityEvent } from '@tenantry/db/staff/queries';
import { lockUser, markEmailVerified } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { done } from '../done.ts';

/** Confirms an e-mail address with the token that was sent to it, once. Refuses `not_found`. */
export async function confirmEmailVerification(
  { database, identity, ...call }: DirectoryContext<'identity'>,
  { token }: ConfirmEmailVerificationInput,
) {
  const { now } = call;
  const found = await findEmailToken(database, identity.digestText(token), 'email_verification', now);
  if (found === null) return refuse('not_found');
  const { userId } = found;
  return database.withoutAccount.write({ userId }, async (tx) => {
    await lockUser(tx, userId);
    if (!(await useEmailToken(tx, found.id, now))) return refuse('not_found');
    await markEmailVerified(tx, userId, now);
    await insertSecurityEvent(tx, call, 'emailVerification.confirm', { userId });
    return done;
  });
}
