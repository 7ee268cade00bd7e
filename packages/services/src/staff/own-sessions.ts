import type { StaffSessionInput } from '@tenantry/contract/staff-session';
import { listSessionsOfStaff, revokeSessionsOfStaff } from '@tenantry/db/staff/sessions';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext, PersonContext } from '../context.ts';
import { done } from '../done.ts';

/** The sessions of the member of staff who calls that have not ended, newest first. Refuses `unauthenticated`. */
export async function listOwnSessions({ database, actor, now }: DirectoryContext) {
  if (actor.kind !== 'staff') return refuse('unauthenticated');
  const { staffId, sessionId } = actor;
  const found = await database.withoutAccount.read({}, (tx) => listSessionsOfStaff(tx, staffId, now));
  return {
    items: found.map(({ revokedAt: _revokedAt, ...session }) => ({
      ...session,
      isCurrent: session.id === sessionId,
    })),
  };
}

/** Ends a session of the member of staff who calls. Refuses `unauthenticated`, and `not_found` for any other session. */
export async function endOwnSession({ commit, actor, now }: PersonContext, { sessionId }: StaffSessionInput) {
  if (actor.kind !== 'staff') return refuse('unauthenticated');
  const { staffId } = actor;
  return commit(async (tx) =>
    (await revokeSessionsOfStaff(tx, staffId, { now, sessionId })) === 0 ? refuse('not_found') : done,
  );
}

/** Signs staff out of the session of this call. Refuses `unauthenticated`. */
export async function deleteStaffSession({ commit, actor, now }: PersonContext) {
  if (actor.kind !== 'staff') return refuse('unauthenticated');
  const { sessionId, staffId } = actor;
  return commit(async (tx) => {
    await revokeSessionsOfStaff(tx, staffId, { now, sessionId });
    return done;
  });
}
