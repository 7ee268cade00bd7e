import type { RefreshState } from '@tenantry/domain/session/refresh-token';
import { rows } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';
import { Session } from './entity.ts';

const addToken =
  'insert into refresh_token (digest, user_id, session_id, generation) values ($1, $2, $3, $4)';
const findToken = `select session_id as "sessionId", user_id as "userId", generation from refresh_token where digest = $1`;
const lock = `select refresh_generation as generation, (extract(epoch from refreshed_at) * 1000)::float8 as "refreshedAt"
from session where id = $1 and revoked_at is null and expires_at > $2 for no key update`;
const advance =
  'update session set refresh_generation = refresh_generation + 1, refreshed_at = $1 where id = $2';
const revoke =
  'update session set revoked_at = $1 where user_id = $2 and id = $3 and revoked_at is null returning id';
const revokeAll =
  'update session set revoked_at = $1 where user_id = $2 and revoked_at is null and id is distinct from $3 returning id';

/** A session that is about to be made. */
export type NewSession = Pick<Session, 'id' | 'userId' | 'cookieDigest' | 'createdAt' | 'expiresAt'>;

/** Writes a new session of a user, with its first refresh token where it is not kept in a cookie. */
export async function insertSession(
  tx: Transaction,
  session: NewSession,
  refreshDigest: string | undefined,
): Promise<void> {
  await tx.em.insert(Session, { ...session, version: 1 });
  if (refreshDigest === undefined) return;
  await rows(tx, addToken, [refreshDigest, session.userId, session.id, 0]);
}

/** A refresh token that was issued, whatever became of it and of its session. */
export interface IssuedRefreshToken {
  sessionId: string;
  userId: string;
  generation: number;
}

/** The refresh token of a presented digest, or undefined. */
export async function findRefreshToken(
  database: Database,
  digest: string,
): Promise<IssuedRefreshToken | undefined> {
  const [token] = await database.withoutAccount.read({ presented: digest }, (tx) =>
    rows<IssuedRefreshToken>(tx, findToken, [digest]),
  );
  return token;
}

/** Locks a session that is good at `now` until the transaction ends, and answers its newest refresh tokens. */
export async function lockSession(
  tx: Transaction,
  sessionId: string,
  now: Date,
): Promise<RefreshState | undefined> {
  const found = await rows<{ generation: number; refreshedAt: number | null }>(tx, lock, [
    sessionId,
    now.toISOString(),
  ]);
  return found.map(({ generation, refreshedAt }) => ({
    generation,
    refreshedAt: refreshedAt === null ? null : new Date(refreshedAt),
  }))[0];
}

/** Writes a refresh token of a session that is locked; one that is newer than the session's begins a generation. */
export async function insertRefreshToken(
  tx: Transaction,
  { sessionId, userId, generation, digest }: IssuedRefreshToken & { digest: string },
  { newest, now }: { newest: number; now: Date },
): Promise<void> {
  if (generation > newest) await rows(tx, advance, [now.toISOString(), sessionId]);
  await rows(tx, addToken, [digest, userId, sessionId, generation]);
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
