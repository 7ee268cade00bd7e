import type { CreateTotpInput } from '@tenantry/contract/totp';
import { userFactors } from '@tenantry/db/second-factor/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { confirmOwner, settleOwner } from '../me/confirm-owner.ts';

/**
 * Begins to set up an authenticator app, for a person who knows the password; sign-in asks for no code before it is
 * confirmed. Refuses `unauthenticated` and `throttled` for the password, `email_unverified` before the address is
 * confirmed, since its owner could be locked out, and `conflict` when an app is confirmed already.
 */
export async function createTotp(
  { commit, ...context }: PersonContext<'identity'>,
  { password }: CreateTotpInput,
) {
  const { actor, now, identity } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  return confirmOwner(context, { userId, password }, async (owner) => {
    const { secret, uri } = identity.newTotpSecret(owner.email);
    return commit(async (tx) => {
      const stale = await settleOwner(tx, owner);
      if (stale !== undefined) return stale;
      if (owner.emailVerifiedAt == null) return refuse('email_unverified');
      const isBegun = await userFactors.begin(tx, userId, identity.seal(secret), now);
      return isBegun ? { secret, uri } : refuse('conflict');
    });
  });
}
