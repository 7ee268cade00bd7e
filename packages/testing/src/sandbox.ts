import type { TestApp } from './app.ts';
import { type Owner, registerOwner } from './users.ts';

/** Registers an account and makes it a sandbox, whose clock can be moved. */
export async function registerSandbox(app: TestApp): Promise<Owner> {
  const owner = await registerOwner(app);
  await app.database.query('update account set sandbox = true where id = $1', [owner.accountId]);
  app.api.authentication.accessCache.forget();
  return owner;
}

/** What an account was sent about its subscription and its invoices, in order. */
export async function sentMessages(app: TestApp, { accountId }: Pick<Owner, 'accountId'>): Promise<string[]> {
  const rows = await app.database.query(
    `select topic from outbox_message where account_id = $1 and (topic like 'subscription.%' or topic like 'invoice.%')
      order by id`,
    [accountId],
  );
  return rows.map(({ topic }) => String(topic));
}

/** How many e-mails of each type the account was sent. */
export async function sentEmails(
  app: TestApp,
  { accountId }: Pick<Owner, 'accountId'>,
): Promise<Record<string, number>> {
  const rows = await app.database.query(
    `select topic, count(*)::int as count from email_delivery sent join outbox_message message
      on message.account_id = sent.account_id and message.id = sent.message_id
      where sent.account_id = $1 and status = 'sent' group by topic`,
    [accountId],
  );
  return Object.fromEntries(rows.map(({ topic, count }) => [String(topic), Number(count)]));
}
