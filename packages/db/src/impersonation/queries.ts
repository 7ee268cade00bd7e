import { type Page, type PageInput, idOfCursor, pageOf } from '../page.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction, Database, Transaction } from '../transaction.ts';

/** An impersonation as the gate checks it. */
export interface ImpersonationAccess {
  id: string;
  accountId: string;
  userId: string;
  staffId: string;
  expiresAt: Date;
  endedAt: Date | null;
}

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const present = `select id, account_id as "accountId", user_id as "userId", staff_id as "staffId",
${milliseconds('expires_at')} as "expiresAt", ${milliseconds('ended_at')} as "endedAt" from impersonation where token_digest = $1`;

/** The impersonation whose credential has this digest, whether or not it has ended, or undefined. It is never cached. */
export async function findImpersonation(
  database: Database,
  digest: string,
): Promise<ImpersonationAccess | undefined> {
  const [found] = await database.withoutAccount.read({ presented: digest }, (tx) =>
    rows<Omit<ImpersonationAccess, 'expiresAt' | 'endedAt'> & { expiresAt: number; endedAt: number | null }>(
      tx,
      present,
      [digest],
    ),
  );
  if (found === undefined) return undefined;
  const endedAt = found.endedAt === null ? null : new Date(found.endedAt);
  return { ...found, expiresAt: new Date(found.expiresAt), endedAt };
}

const insert = `insert into impersonation (account_id, id, user_id, staff_id, reason, token_digest, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Writes a new impersonation of a member of the account. */
export async function insertImpersonation(
  tx: AccountTransaction,
  one: Omit<ImpersonationAccess, 'accountId' | 'endedAt'> & {
    reason: string;
    tokenDigest: string;
    createdAt: Date;
  },
): Promise<void> {
  const { id, userId, staffId, reason, tokenDigest, createdAt, expiresAt } = one;
  const times = [createdAt.toISOString(), expiresAt.toISOString()];
  await rows(tx, insert, [tx.accountId, id, userId, staffId, reason, tokenDigest, ...times]);
}

/** An impersonation as staff see it in a list. */
export interface ListedImpersonation {
  id: string;
  accountId: string;
  accountName: string;
  userId: string;
  userEmail: string | null;
  staffId: string;
  staffEmail: string;
  reason: string;
  createdAt: string;
  expiresAt: string;
  endedAt: string | null;
}

const iso = (column: string) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const listed = `select one.id, one.account_id as "accountId", account.name as "accountName", one.user_id as "userId",
person.email as "userEmail", one.staff_id as "staffId", staff.email as "staffEmail", one.reason, ${iso('one.created_at')} as "createdAt",
${iso('one.expires_at')} as "expiresAt", ${iso('one.ended_at')} as "endedAt" from impersonation one
join account on account.id = one.account_id join staff on staff.id = one.staff_id left join app_user person on person.id = one.user_id`;
const page = `${listed} where ($1::uuid is null or one.id < $1) and (not $3::boolean or (one.ended_at is null and one.expires_at > $4))
and ($5::uuid is null or one.staff_id = $5) order by one.id desc limit $2`;

/** A page of impersonations, newest first: all, those that are open, or those of one member of staff. */
export async function pageOfImpersonations(
  tx: Transaction,
  { limit, cursor, isOpen, staffId }: PageInput & { isOpen: boolean; staffId: string | null },
  now: Date,
): Promise<Page<ListedImpersonation>> {
  const before = cursor === undefined ? null : idOfCursor(cursor);
  const values = [before, limit + 1, isOpen, now.toISOString(), staffId];
  return pageOf(await rows<ListedImpersonation>(tx, page, values), limit, ({ id }) => id);
}

/** One impersonation of the account, or undefined. */
export async function readImpersonation(
  tx: AccountTransaction,
  id: string,
): Promise<ListedImpersonation | undefined> {
  const sql = `${listed} where one.account_id = $1 and one.id = $2`;
  return (await rows<ListedImpersonation>(tx, sql, [tx.accountId, id]))[0];
}

/** Ends an impersonation of the account; false for one that has ended. */
export async function endImpersonation(tx: AccountTransaction, id: string): Promise<boolean> {
  const sql = `update impersonation set ended_at = $3 where account_id = $1 and id = $2 and ended_at is null and expires_at > $3
    returning id`;
  return (await rows(tx, sql, [tx.accountId, id, tx.now.toISOString()])).length === 1;
}

/** Ends every impersonation by a member of staff. */
export async function endImpersonationsOf(tx: Transaction, staffId: string, now: Date): Promise<void> {
  const sql = 'update impersonation set ended_at = $2 where staff_id = $1 and ended_at is null';
  await rows(tx, sql, [staffId, now.toISOString()]);
}
