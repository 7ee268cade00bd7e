import type { StaffRole } from '@tenantry/domain/permissions';
import { newId } from '../ids.ts';
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

const lock = `select id, role, disabled_at is not null as "isDisabled" from staff
where email_digest = $1 for no key update`;

/** The member of staff with an address, locked until the transaction ends, or undefined. A sign-in waits for the lock. */
export async function lockStaffMember(
  tx: Transaction,
  emailDigest: string,
): Promise<{ id: string; role: StaffRole; isDisabled: boolean } | undefined> {
  const [staff] = await rows<{ id: string; role: StaffRole; isDisabled: boolean }>(tx, lock, [emailDigest]);
  return staff;
}

const setDisabled = 'update staff set disabled_at = $2 where id = $1';

/** Refuses a member of staff every sign-in from a time on, or lets them sign in again with null. */
export async function setStaffDisabled(tx: Transaction, id: string, at: Date | null): Promise<void> {
  await rows(tx, setDisabled, [id, at?.toISOString() ?? null]);
}

const revoke = 'update staff_session set revoked_at = $2 where staff_id = $1 and revoked_at is null';

/** Ends every session of a member of staff. */
export async function revokeSessionsOfStaff(tx: Transaction, id: string, now: Date): Promise<void> {
  await rows(tx, revoke, [id, now.toISOString()]);
}

/** A member of staff as a list shows them. */
export interface StaffMember {
  email: string;
  role: StaffRole;
  createdAt: string;
  disabledAt: string | null;
  lastSignInAt: string | null;
}

const isoOf = (column: string) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const list = `select email, role, ${isoOf('staff.created_at')} as "createdAt", ${isoOf('disabled_at')} as "disabledAt",
(select ${isoOf('max(created_at)')} from staff_session where staff_id = staff.id) as "lastSignInAt"
from staff order by staff.created_at, staff.id`;

/** All staff, oldest first. */
export function listStaffMembers(tx: Transaction): Promise<StaffMember[]> {
  return rows<StaffMember>(tx, list);
}
