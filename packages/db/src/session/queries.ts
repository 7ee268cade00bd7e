import type { RefreshState } from '@tenantry/domain/session/refresh-token';
import { rows } from '../sql.ts';
import { type Page, type PageInput, idOfCursor, pageOf } from '../page.ts';
import type { AccountTransaction, Database, Transaction } from '../transaction.ts';
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

/** A session of a member of an account. */
export interface MemberSession {
  id: string;
  userId: string;
  email: string;
  inCookie: boolean;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

const ofMembers = `select s.id, s.user_id as "userId", u.email, s.cookie_digest is not null as "inCookie",
  (extract(epoch from s.created_at) * 1000)::float8 as "createdAt", (extract(epoch from s.expires_at) * 1000)::float8 as "expiresAt",
  (extract(epoch from s.revoked_at) * 1000)::float8 as "revokedAt"
  from membership member join session s on s.user_id = member.user_id join app_user u on u.id = member.user_id
  where member.account_id = $1 and ($2::uuid is null or s.id < $2) order by s.id desc limit $3`;

type FoundSession = Pick<MemberSession, 'id' | 'userId' | 'email' | 'inCookie'> & {
  createdAt: number;
  expiresAt: number;
  revokedAt: number | null;
};

/** The sessions of the members of an account, newest first, with those that have ended. For staff alone. */
export async function listMemberSessions(
  tx: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<MemberSession>> {
  const before = cursor === undefined ? null : idOfCursor(cursor);
  const found = await rows<FoundSession>(tx, ofMembers, [tx.accountId, before, limit + 1]);
  const sessions = found.map(({ createdAt, expiresAt, revokedAt, ...session }) => ({
    ...session,
    createdAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
    revokedAt: revokedAt === null ? null : new Date(revokedAt),
  }));
  return pageOf(sessions, limit, ({ id }) => id);
}
