import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';
import { type EndedSessions, endSessionsWith } from './end.ts';

/** Signs out of the session of this call. */
export async function deleteSession(context: PersonContext<'sessionCache'>) {
  const { actor } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  return endOwn(context, actor.userId, { sessionId: actor.sessionId });
}

/** Signs out of every session of the person. */
export async function deleteSessions(context: PersonContext<'sessionCache'>) {
  const { actor } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  return endOwn(context, actor.userId, 'all');
}

function endOwn(
  { commit, ...context }: PersonContext<'sessionCache'>,
  userId: string,
  sessions: EndedSessions,
) {
  return endSessionsWith(context, { userId, sessions }, (endSessions) =>
    commit(async (tx) => {
      await endSessions(tx);
      return done;
    }),
  );
}
