import type { MailedType } from '@tenantry/domain/outbox/mail';
import { type Page, type PageInput, idOfCursor, pageOf } from '../page.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';

/** An e-mail to an owner or admin about a message of the outbox. */
export interface AccountEmail {
  id: string;
  messageId: string;
  type: MailedType;
  userId: string;
  email: string;
  status: 'pending' | 'sent' | 'failed' | 'skipped';
  attempts: number;
  happenedAt: Date;
  finishedAt: Date | null;
}

type FoundEmail = Omit<AccountEmail, 'happenedAt' | 'finishedAt'> & {
  happenedAt: number;
  finishedAt: number | null;
};

const select = `select d.id, d.message_id as "messageId", m.topic as type, d.user_id as "userId", u.email, d.status, d.attempts,
  (extract(epoch from m.at) * 1000)::float8 as "happenedAt", (extract(epoch from d.finished_at) * 1000)::float8 as "finishedAt"
  from email_delivery d join outbox_message m on m.account_id = d.account_id and m.id = d.message_id
  join app_user u on u.id = d.user_id where d.account_id = $1`;
const list = `${select} and ($2::uuid is null or d.id < $2) order by d.id desc limit $3`;
const one = `${select} and d.id = $2`;

const emailOf = ({ happenedAt, finishedAt, ...email }: FoundEmail): AccountEmail => ({
  ...email,
  happenedAt: new Date(happenedAt),
  finishedAt: finishedAt === null ? null : new Date(finishedAt),
});

/** The e-mails of the outbox of an account, newest first. */
export async function listAccountEmails(
  tx: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<AccountEmail>> {
  const before = cursor === undefined ? null : idOfCursor(cursor);
  const found = await rows<FoundEmail>(tx, list, [tx.accountId, before, limit + 1]);
  return pageOf(found.map(emailOf), limit, ({ id }) => id);
}

/** One of them, or undefined. */
export async function findAccountEmail(
  tx: AccountTransaction,
  id: string,
): Promise<AccountEmail | undefined> {
  const [found] = await rows<FoundEmail>(tx, one, [tx.accountId, id]);
  return found && emailOf(found);
}

const queueAgain = `update email_delivery set status = 'pending', attempts = 0, is_counted = false, since = $3::timestamptz,
  next_attempt_at = $3::timestamptz, finished_at = null, lease = null
  where account_id = $1 and id = $2 and status <> 'pending'`;

/** Sends an e-mail that has ended once more, with its whole time anew; it counts for its mailbox again. */
export async function queueEmailAgain(tx: AccountTransaction, id: string): Promise<void> {
  await rows(tx, queueAgain, [tx.accountId, id, tx.now.toISOString()]);
}
