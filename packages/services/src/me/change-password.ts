import type { ChangePasswordInput } from '@tenantry/contract/me';
import { endEmailTokens } from '@tenantry/db/email-token/queries';
import { setPasswordHash } from '@tenantry/db/user/queries';
import { refusalIfWeakPassword } from '@tenantry/domain/password';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';
import { endSessionsWith } from '../session/end.ts';
import { confirmOwner, settleOwner } from './confirm-owner.ts';

/**
 * Sets a new password for a person who knows the old one, ends every session but this one, and the links that were
 * mailed to set a password or another address, in one transaction. Refuses `unauthenticated` for a wrong password, `throttled`
 * after too many, and `invalid_input` for a weak password.
 */
export async function changePassword(
  { commit, ...context }: PersonContext<'identity' | 'sessionCache'>,
  { currentPassword, newPassword }: ChangePasswordInput,
) {
  const { actor, now, identity } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId, sessionId } = actor;
  return confirmOwner(context, { userId, password: currentPassword }, async (owner) => {
    const { email, name } = owner;
    const { isCommonPassword: isCommon } = identity;
    const weak = refusalIfWeakPassword(newPassword, { isCommon, texts: [email, name], path: 'newPassword' });
    if (weak !== undefined) return weak;
    const passwordHash = await identity.hashPassword(newPassword);
    return endSessionsWith(context, { userId, sessions: { exceptId: sessionId } }, (endSessions) =>
      commit(async (tx) => {
        const stale = await settleOwner(tx, owner);
        if (stale !== undefined) return stale;
        await setPasswordHash(tx, userId, passwordHash);
        await endEmailTokens(tx, userId, ['password_reset', 'email_change'], now);
        await endSessions(tx);
        return done;
      }),
    );
  });
}
