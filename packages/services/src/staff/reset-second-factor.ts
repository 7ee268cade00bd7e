import type { ResetSecondFactorInput } from '@tenantry/contract/staff-user';
import { userFactors } from '@tenantry/db/second-factor/queries';
import { revokeSessionsOf } from '@tenantry/db/session/queries';
import { findUserByEmail } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import type { StaffIdentity } from '../ports.ts';

/**
 * Removes the second factor of a person who has lost it, and ends their sessions, in one transaction. They sign in with
 * the password alone until they set up another. Refuses `not_found` for an address that nobody has, and `conflict` for a
 * person without a second factor.
 */
export async function resetSecondFactor(
  { commit, database, identity, now }: PersonContext & { identity: StaffIdentity },
  { email }: ResetSecondFactorInput,
) {
  const user = await findUserByEmail(database, identity.digestText(identity.normaliseEmail(email)));
  if (user === null) return refuse('not_found');
  return commit(async (tx) => {
    // A sign-in that has used a code commits before the row of its second factor can go, so its session is ended too.
    if (!(await userFactors.remove(tx, user.id))) return refuse('conflict');
    await revokeSessionsOf(tx, user.id, { now });
    return { id: user.id };
  });
}
