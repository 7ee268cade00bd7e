import type { StaffRole } from '@tenantry/domain/permissions';
import type { ChangedStaff } from '@tenantry/domain/staff/change';
import { newId } from '../ids.ts';
import { type Page, type PageInput, idOfCursor, pageOf } from '../page.ts';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

const insert = `insert into staff (id, email, email_digest, role, password_hash, created_at)
values ($1, $2, $3, $4, $5, $6) on conflict (email_digest) do nothing returning id`;

/** Writes a new member of staff; answers their id, or undefined when the address is taken. */
export async function insertStaffMember(
  tx: Transaction,
  staff: { email: string; emailDigest: string; role: StaffRole; passwordHash: string },
  now: Date,
): Promise<string | undefined> {
  const { email, emailDigest, role, passwordHash } = staff;
  const values = [newId(), email, emailDigest, role, passwordHash, now.toISOString()];
  const [added] = await rows<{ id: string }>(tx, insert, values);
  return added?.id;
}

const lock = (condition: string) => `select id, role, disabled_at is not null as "isDisabled" from staff
where ${condition} for no key update`;

/**
 * The member of staff with an address or an id, locked until the transaction ends, or undefined. A sign-in waits for the
 * lock.
 */
export async function lockStaffMember(
  tx: Transaction,
  named: { emailDigest: string } | { staffId: string },
): Promise<ChangedStaff | undefined> {
  const [sql, value] =
    'staffId' in named ? [lock('id = $1'), named.staffId] : [lock('email_digest = $1'), named.emailDigest];
  const [staff] = await rows<ChangedStaff>(tx, sql, [value]);
  return staff;
}

const lockAdmins = `select id from staff where role = 'platform_admin' and disabled_at is null
order by id for no key update`;

/** The platform admins who may sign in, locked until the transaction ends: of two changes one waits for the other. */
export async function lockPlatformAdmins(tx: Transaction): Promise<string[]> {
  return (await rows<{ id: string }>(tx, lockAdmins)).map(({ id }) => id);
}

/** Gives a member of staff another role. */
export async function setStaffRole(tx: Transaction, id: string, role: StaffRole): Promise<void> {
  await rows(tx, 'update staff set role = $2 where id = $1', [id, role]);
}

const setDisabled = 'update staff set disabled_at = $2 where id = $1';

/** Refuses a member of staff every sign-in from a time on, or lets them sign in again with null. */
export async function setStaffDisabled(tx: Transaction, id: string, at: Date | null): Promise<void> {
  await rows(tx, setDisabled, [id, at?.toISOString() ?? null]);
}

/** A member of staff as a list shows them. */
export interface StaffMember {
  id: string;
  email: string;
  role: StaffRole;
  createdAt: string;
  disabledAt: string | null;
  lastSignInAt: string | null;
  hasSecondFactor: boolean;
}

const isoOf = (column: string) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const member = `select staff.id, email, role, ${isoOf('staff.created_at')} as "createdAt", ${isoOf('disabled_at')} as "disabledAt",
(select ${isoOf('max(created_at)')} from staff_session where staff_id = staff.id) as "lastSignInAt",
exists (select from staff_second_factor factor where factor.staff_id = staff.id and confirmed_at is not null) as "hasSecondFactor"
from staff`;

/** All staff, oldest first. */
export function listStaffMembers(tx: Transaction): Promise<StaffMember[]> {
  return rows<StaffMember>(tx, `${member} order by staff.created_at, staff.id`);
}

const paged = `${member} where $1::uuid is null or staff.id < $1 order by staff.id desc limit $2`;

/** A page of staff, newest first. */
export async function pageOfStaff(tx: Transaction, { limit, cursor }: PageInput): Promise<Page<StaffMember>> {
  const before = cursor === undefined ? null : idOfCursor(cursor);
  return pageOf(await rows<StaffMember>(tx, paged, [before, limit + 1]), limit, ({ id }) => id);
}

/** One member of staff as a list shows them. Throws for an id that nobody has. */
export async function readStaffMember(tx: Transaction, id: string): Promise<StaffMember> {
  const [found] = await rows<StaffMember>(tx, `${member} where staff.id = $1`, [id]);
  if (found === undefined) throw new Error('There is no such member of staff.');
  return found;
}
