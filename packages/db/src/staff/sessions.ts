import type { StaffRole } from '@tenantry/domain/permissions';
import { rows } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';
import { StaffSession } from './entity.ts';

/** A session of staff, whether or not it has ended, and whose it is. */
export interface StaffOfSession {
  id: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  staff: { id: string; email: string; role: StaffRole; isDisabled: boolean; hasSecondFactor: boolean };
}

type Milliseconds = number;
interface SessionRow {
  id: string;
  createdAt: Milliseconds;
  expiresAt: Milliseconds;
  revokedAt: Milliseconds | null;
  lastUsedAt: Milliseconds | null;
  address: string | null;
}
type OwnedRow = SessionRow & { staffId: string } & Omit<StaffOfSession['staff'], 'id'>;

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const times = `session.id, ${milliseconds('session.created_at')} as "createdAt", ${milliseconds('session.expires_at')} as "expiresAt",
${milliseconds('session.revoked_at')} as "revokedAt", ${milliseconds('session.last_used_at')} as "lastUsedAt", session.address`;
const owned = `select ${times}, staff.id as "staffId", staff.email, staff.role, staff.disabled_at is not null as "isDisabled",
exists (select from staff_second_factor factor where factor.staff_id = staff.id and confirmed_at is not null) as "hasSecondFactor"
from staff_session session join staff on staff.id = session.staff_id where`;

const dateOf = (at: Milliseconds | null) => (at === null ? null : new Date(at));

function timesOf({ id, createdAt, expiresAt, revokedAt, lastUsedAt }: SessionRow) {
  const began = { createdAt: new Date(createdAt), expiresAt: new Date(expiresAt) };
  return { id, ...began, revokedAt: dateOf(revokedAt), lastUsedAt: dateOf(lastUsedAt) };
}

function ownedOf(row: OwnedRow): StaffOfSession {
  const { staffId, email, role, isDisabled, hasSecondFactor } = row;
  return { ...timesOf(row), staff: { id: staffId, email, role, isDisabled, hasSecondFactor } };
}

/** The session whose token has this digest, or undefined. */
export async function findStaffOfToken(
  database: Database,
  tokenDigest: string,
): Promise<StaffOfSession | undefined> {
  const [found] = await database.withoutAccount.read({}, (tx) =>
    rows<OwnedRow>(tx, `${owned} session.token_digest = $1`, [tokenDigest]),
  );
  return found === undefined ? undefined : ownedOf(found);
}

/** A session by its id, or undefined. */
export async function getStaffSession(tx: Transaction, id: string): Promise<StaffOfSession | undefined> {
  const [found] = await rows<OwnedRow>(tx, `${owned} session.id = $1`, [id]);
  return found === undefined ? undefined : ownedOf(found);
}

/** Writes a new session of staff, and the address that it began at. */
export async function insertStaffSession(
  { em }: Transaction,
  session: Omit<StaffSession, 'revokedAt' | 'lastUsedAt'>,
): Promise<void> {
  await em.insert(StaffSession, session);
}

const touch =
  'update staff_session set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $2)';

/** Writes down when a session was last used; an earlier time than the one known changes nothing. */
export async function recordStaffSessionUse(database: Database, id: string, at: Date): Promise<void> {
  await database.withoutAccount.write({}, (tx) => rows(tx, touch, [id, at.toISOString()]));
}

/** A session as a list shows it. */
export type ListedStaffSession = ReturnType<typeof timesOf> & { address: string | null };

const open = `select ${times} from staff_session session
where staff_id = $1 and revoked_at is null and expires_at > $2 order by created_at desc, id desc limit 100`;

/** The newest sessions of a member of staff that were not ended and have not expired, newest first; at most 100. */
export async function listSessionsOfStaff(
  tx: Transaction,
  staffId: string,
  now: Date,
): Promise<ListedStaffSession[]> {
  const found = await rows<SessionRow>(tx, open, [staffId, now.toISOString()]);
  return found.map((row) => ({ ...timesOf(row), address: row.address }));
}

const revoke = `update staff_session set revoked_at = $2 where staff_id = $1 and revoked_at is null
and ($3::uuid is null or id = $3) and ($4::uuid is null or id <> $4) returning id`;

/** Ends one session of a member of staff, or all, but for `exceptId`. Answers how many ended. */
export async function revokeSessionsOfStaff(
  tx: Transaction,
  staffId: string,
  {
    now,
    sessionId = null,
    exceptId = null,
  }: { now: Date; sessionId?: string | null; exceptId?: string | null },
): Promise<number> {
  return (await rows(tx, revoke, [staffId, now.toISOString(), sessionId, exceptId])).length;
}
