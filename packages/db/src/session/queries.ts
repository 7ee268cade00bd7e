import { rows } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';
import { Session } from './entity.ts';

const rotate = `update session set refresh_digest = $1
where id = $2 and refresh_digest = $3 and revoked_at is null and expires_at > $4 returning id`;
const replace = 'insert into replaced_refresh_token (digest, user_id, session_id) values ($1, $2, $3)';
const findReplaced = `select session_id as "sessionId", user_id as "userId" from replaced_refresh_token where digest = $1`;
const revoke =
  'update session set revoked_at = $1 where user_id = $2 and id = $3 and revoked_at is null returning id';
const revokeAll =
  'update session set revoked_at = $1 where user_id = $2 and revoked_at is null and id is distinct from $3 returning id';

/** Writes a new session of a user. */
export async function insertSession(
  { em }: Transaction,
  session: Omit<Session, 'version' | 'revokedAt'>,
): Promise<void> {
  await em.insert(Session, { ...session, version: 1 });
}

/** The session that a presented digest belongs to, whichever of its tokens that is. */
export function findPresentedSession(database: Database, digest: string): Promise<Session | null> {
  return database.withoutAccount.read({ presented: digest }, ({ em }) =>
    em.findOne(Session, { $or: [{ refreshDigest: digest }, { cookieDigest: digest }] }),
  );
}

/** Exchanges the refresh digest once; false when another call was faster or the session has ended. */
export function rotateSession(
  database: Database,
  session: { id: string; userId: string },
  digests: { from: string; to: string },
  now: Date,
): Promise<boolean> {
  return database.withoutAccount.write({ userId: session.userId }, async (tx) => {
    const rotated = await rows(tx, rotate, [digests.to, session.id, digests.from, now.toISOString()]);
    if (rotated.length !== 1) return false;
    await rows(tx, replace, [digests.from, session.userId, session.id]);
    return true;
  });
}

/** The session whose refresh token of this digest was exchanged before, or undefined. */
export async function findReplacedSession(
  database: Database,
  digest: string,
): Promise<{ sessionId: string; userId: string } | undefined> {
  const [replaced] = await database.withoutAccount.read({ presented: digest }, (tx) =>
    rows<{ sessionId: string; userId: string }>(tx, findReplaced, [digest]),
  );
  return replaced;
}

/**
 * Ends one session of a user, or all when none is named, but for `exceptId`. Answers the ids of the sessions that ended.
 */
export async function revokeSessionsOf(
  tx: Transaction,
  userId: string,
  { now, sessionId, exceptId = null }: { now: Date; sessionId?: string; exceptId?: string | null },
): Promise<string[]> {
  const ended =
    sessionId === undefined
      ? await rows<{ id: string }>(tx, revokeAll, [now.toISOString(), userId, exceptId])
      : await rows<{ id: string }>(tx, revoke, [now.toISOString(), userId, sessionId]);
  return ended.map(({ id }) => id);
}
