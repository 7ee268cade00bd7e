import type { MailedType } from '@tenantry/domain/outbox/mail';
import type { MessageData } from '@tenantry/domain/outbox/messages';
import { newId } from '../ids.ts';
import { rows, statement } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import type { RoutedMessage } from './route.ts';

const makeEmails = statement(
  'outbox_make_emails',
  `insert into email_delivery (account_id, id, message_id, user_id, next_attempt_at, since)
  select m.account_id, uuidv7(), m.id, member.user_id, $2::timestamptz, $2::timestamptz
  from jsonb_to_recordset($1::jsonb) as one("accountId" uuid, id uuid)
  join outbox_message m on m.account_id = one."accountId" and m.id = one.id and m.topic = any ($3)
  join membership member on member.account_id = m.account_id and member.role in ('owner', 'admin')
  order by m.queued_at, m.id on conflict (account_id, message_id, user_id) do nothing`,
);

/** Queues an e-mail to every owner and admin for each message of these types. */
export async function routeEmails(
  tx: Transaction,
  messages: readonly RoutedMessage[],
  types: readonly MailedType[],
  now: Date,
): Promise<void> {
  await rows(tx, makeEmails, [JSON.stringify(messages), now.toISOString(), types]);
}

/** A message of a type that is mailed, with its data. */
export type MailedMessage = { [Type in MailedType]: { topic: Type; payload: MessageData[Type] } }[MailedType];

/** An e-mail that a worker has taken until its lease ends. */
export interface LeasedEmail {
  accountId: string;
  id: string;
  lease: string;
  messageId: string;
  userId: string;
  message: MailedMessage;
  accountName: string;
  /** The address of the person; null when they no longer manage the account. */
  email: string | null;
  attempts: number;
  isCounted: boolean;
  since: Date;
  /** When the message was made, by the clock of its account. */
  at: Date;
  /** Whether the clock of its account can be moved. */
  isSandbox: boolean;
}

const take = statement(
  'outbox_take_emails',
  `with due as materialized (select account_id, id from email_delivery where next_attempt_at <= $1::timestamptz
    order by next_attempt_at limit $3 for update skip locked),
  taken as (update email_delivery d set next_attempt_at = $1::timestamptz + make_interval(secs => $2), lease = $4::uuid
    from due where d.account_id = due.account_id and d.id = due.id
    returning d.account_id, d.id, d.lease, d.message_id, d.user_id, d.attempts, d.is_counted, d.since)
  select d.account_id as "accountId", d.id, d.lease, d.message_id as "messageId", d.user_id as "userId", m.topic, m.payload,
    a.name as "accountName", u.email, d.attempts, d.is_counted as "isCounted", (extract(epoch from d.since) * 1000)::float8 as since,
    (extract(epoch from m.at) * 1000)::float8 as at, a.sandbox as "isSandbox"
  from taken d join outbox_message m on m.account_id = d.account_id and m.id = d.message_id
  join account a on a.id = d.account_id
  left join membership member on member.account_id = d.account_id and member.user_id = d.user_id and member.role in ('owner', 'admin')
  left join app_user u on u.id = member.user_id`,
);

type FoundEmail = Omit<LeasedEmail, 'message' | 'since' | 'at'> &
  MailedMessage & { since: number; at: number };

/** Takes e-mails that are due. One of a dead worker is due again when its lease ends. */
export async function takeEmails(
  tx: Transaction,
  { now, leaseSeconds, emailsMax }: { now: Date; leaseSeconds: number; emailsMax: number },
): Promise<LeasedEmail[]> {
  const found = await rows<FoundEmail>(tx, take, [now.toISOString(), leaseSeconds, emailsMax, newId()]);
  return found.map((row) => ({ ...row, message: row, since: new Date(row.since), at: new Date(row.at) }));
}

const count =
  'update email_delivery set is_counted = true where account_id = $1 and id = $2 and lease = $3::uuid';

/** Notes that an e-mail counts for its mailbox, so that another attempt does not count again. */
export async function markCounted(tx: Transaction, { accountId, id, lease }: LeasedEmail): Promise<void> {
  await rows(tx, count, [accountId, id, lease]);
}

const end = `update email_delivery set status = $4, attempts = attempts + $5::int, next_attempt_at = null, finished_at = $6::timestamptz,
  lease = null where account_id = $1 and id = $2 and lease = $3::uuid`;
const postpone = `update email_delivery set attempts = attempts + $5::int, next_attempt_at = $4::timestamptz, lease = null
  where account_id = $1 and id = $2 and lease = $3::uuid`;

/** Ends an e-mail. Nothing changes when its lease has ended and another worker has it. */
export async function endEmail(
  tx: Transaction,
  { accountId, id, lease }: LeasedEmail,
  { status, attempts, now }: { status: 'sent' | 'failed' | 'skipped'; attempts: 0 | 1; now: Date },
): Promise<void> {
  await rows(tx, end, [accountId, id, lease, status, attempts, now.toISOString()]);
}

/** Puts an e-mail off, after an attempt that failed or before any. */
export async function postponeEmail(
  tx: Transaction,
  { accountId, id, lease }: LeasedEmail,
  { until, attempts }: { until: Date; attempts: 0 | 1 },
): Promise<void> {
  await rows(tx, postpone, [accountId, id, lease, until.toISOString(), attempts]);
}
