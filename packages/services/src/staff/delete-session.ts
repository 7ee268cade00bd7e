import { revokeStaffSession } from '@tenantry/db/staff/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';

/** Signs staff out of the session of this call. */
export async function deleteStaffSession({ commit, actor, now }: PersonContext) {
  if (actor.kind !== 'staff') return refuse('unauthenticated');
  const { sessionId } = actor;
  return commit(async (tx) => {
    await revokeStaffSession(tx, sessionId, now);
    return done;
  });
}
