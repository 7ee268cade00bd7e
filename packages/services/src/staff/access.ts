import type { PageInput } from '@tenantry/contract/page';
import type { RevokeMemberSessionsInput } from '@tenantry/contract/staff-access';
import { isMember } from '@tenantry/db/membership/queries';
import { listMemberSessions as findSessions, revokeSessionsOf } from '@tenantry/db/session/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/** The sessions of the account's members, newest first, with those that have ended. */
export function listMemberSessions({ tx }: Context, input: PageInput) {
  return findSessions(tx, input);
}

/**
 * Ends one session of a member, or all of them; the person signs in again with their password. Every process of the API
 * hears of it from the database. Refuses `not_found` for somebody who is no member of the account, whose sessions staff
 * end from no account, and for a session that is not theirs or has ended.
 */
export async function revokeMemberSessions(
  { tx, now }: Context,
  { userId, sessionId }: RevokeMemberSessionsInput,
) {
  if (!(await isMember(tx, userId))) return refuse('not_found');
  const ended = await revokeSessionsOf(tx, userId, {
    now,
    ...(sessionId === undefined ? {} : { sessionId }),
  });
  if (sessionId !== undefined && ended.length === 0) return refuse('not_found');
  return { userId, ended: ended.length };
}
