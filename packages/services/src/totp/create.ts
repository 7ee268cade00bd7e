import { beginSecondFactor } from '@tenantry/db/second-factor/queries';
import { findUserById } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';

/**
 * Begins to set up an authenticator app; nothing is asked for at sign-in before it is confirmed. Refuses `conflict`
 * when there is one already.
 */
export async function createTotp(
  { database, callInfo }: Flow,
  identity: Identity,
  { userId }: { userId: string },
): Promise<{ secret: string; uri: string } | Refusal<'conflict' | 'unauthenticated'>> {
  const user = await findUserById(database, userId);
  if (user === null) return refuse('unauthenticated');
  const made = identity.newTotpSecret(user.email);
  const begun = await beginSecondFactor(database, userId, identity.seal(made.secret), callInfo.now);
  return begun ? made : refuse('conflict');
}
