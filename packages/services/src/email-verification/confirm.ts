import type { ConfirmEmailVerificationInput } from '@tenantry/contract/email-verification';
import { findEmailToken, useEmailToken } from '@tenantry/db/email-token/queries';
import { markEmailVerified } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';

/** Takes a mailed token for the proof that the address is the person's, once. Refuses `not_found`. */
export async function confirmEmailVerification(
  { database, callInfo }: Flow,
  identity: Pick<Identity, 'digestText'>,
  { token }: ConfirmEmailVerificationInput,
): Promise<{ userId: string } | Refusal<'not_found'>> {
  const found = await findEmailToken(
    database,
    identity.digestText(token),
    'email_verification',
    callInfo.now,
  );
  if (found === null) return refuse('not_found');
  const isFirst = await database.withoutAccount.write({ userId: found.userId }, async (tx) => {
    if (!(await useEmailToken(tx, found.id, callInfo.now))) return false;
    await markEmailVerified(tx, found.userId, callInfo.now);
    return true;
  });
  return isFirst ? { userId: found.userId } : refuse('not_found');
}
