import { type Page, type PageInput, idOfCursor, pageOf } from '../page.ts';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** Which records a list shows. */
export interface RecordFilter extends PageInput {
  accountId?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** A record as staff see it. */
export interface ListedRecord {
  id: string;
  at: string;
  action: string;
  actor: string;
  /** The address of the person or of the member of staff, where they are known. */
  actorEmail: string | null;
  accountId: string | null;
  accountName: string | null;
  requestId: string;
  subjectId: string | null;
  facts: Record<string, string>;
  sequence: number | null;
  hash: string | null;
}

const at = `to_char(entry.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`;
const actorEmail = `case split_part(entry.actor, ':', 1)
  when 'staff' then (select email from staff where id::text = split_part(entry.actor, ':', 2))
  when 'user' then (select email from app_user where id::text = split_part(entry.actor, ':', 2)) end as "actorEmail"`;
const chosen = `($1::uuid is null or entry.id < $1) and ($3::text is null or entry.actor = $3) and ($4::text is null or entry.action = $4)
and ($5::timestamptz is null or entry.at >= $5) and ($6::timestamptz is null or entry.at < $6)`;
const shared = `entry.id, ${at}, entry.action, entry.actor, entry.request_id as "requestId", entry.facts,
entry.sequence::float8 as sequence, entry.hash`;
const entries = `select page.*, account.name as "accountName" from (
  select ${shared}, ${actorEmail}, entry.account_id as "accountId", entry.subject_id as "subjectId" from audit_entry entry
  where ${chosen} and ($7::uuid is null or entry.account_id = $7) order by entry.id desc limit $2) page
join account on account.id = page."accountId" order by page.id desc`;
const events = `select ${shared}, ${actorEmail}, null as "accountId", null as "accountName", entry.facts ->> 'subject' as "subjectId"
from security_event entry where ${chosen} order by entry.id desc limit $2`;

/** A time in UTC: PostgreSQL reads no offset of sixteen hours or more. */
const utcOf = (time: string | undefined) => (time === undefined ? null : new Date(time).toISOString());

function valuesOf({ limit, cursor, actor, action, from, to }: RecordFilter): unknown[] {
  const before = cursor === undefined ? null : idOfCursor(cursor);
  return [before, limit + 1, actor ?? null, action ?? null, utcOf(from), utcOf(to)];
}

/** A page of audit entries of every account, or of one, newest first. */
export async function pageOfAuditEntries(tx: Transaction, filter: RecordFilter): Promise<Page<ListedRecord>> {
  const values = [...valuesOf(filter), filter.accountId ?? null];
  return pageOf(await rows<ListedRecord>(tx, entries, values), filter.limit, ({ id }) => id);
}

/** A page of security events, newest first. */
export async function pageOfSecurityEvents(
  tx: Transaction,
  filter: RecordFilter,
): Promise<Page<ListedRecord>> {
  return pageOf(await rows<ListedRecord>(tx, events, valuesOf(filter)), filter.limit, ({ id }) => id);
}
