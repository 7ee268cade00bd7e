import { revokeSessionsOf } from '@tenantry/db/session/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';
import { forgetSessions } from './forget.ts';

/** Signs out of the session of this call. */
export async function deleteSession({ commit, actor, now, sessionCache }: PersonContext<'sessionCache'>) {
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId, sessionId } = actor;
  const answer = await commit(async (tx) => {
    await revokeSessionsOf(tx, userId, { now, sessionId });
    return done;
  });
  forgetSessions({ sessionCache }, [sessionId]);
  return answer;
}

/** Signs out of every session of the person. */
export async function deleteSessions({ commit, actor, now, sessionCache }: PersonContext<'sessionCache'>) {
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  let ended: string[] = [];
  const answer = await commit(async (tx) => {
    ended = await revokeSessionsOf(tx, userId, { now });
    return done;
  });
  forgetSessions({ sessionCache }, ended);
  return answer;
}
