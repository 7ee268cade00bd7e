import { Migration } from '@mikro-orm/migrations';
import { isolationStatements, tenantTable } from './isolation-policies.ts';

const table = `create table email_delivery (account_id uuid not null references account (id), id uuid not null,
  message_id uuid not null, user_id uuid not null references app_user (id),
  status text not null default 'pending' check (status in ('pending', 'sent', 'failed', 'skipped')),
  attempts int not null default 0, is_counted boolean not null default false, next_attempt_at timestamptz, lease uuid,
  since timestamptz not null, finished_at timestamptz, primary key (account_id, id), unique (account_id, message_id, user_id),
  foreign key (account_id, message_id) references outbox_message (account_id, id),
  check ((status = 'pending') = (next_attempt_at is not null)), check ((status = 'pending') = (finished_at is null)))`;

const indexes = [
  'create index email_delivery_due on email_delivery (next_attempt_at) where next_attempt_at is not null',
  'create index email_delivery_finished on email_delivery (finished_at) where finished_at is not null',
];

/** What the worker reads and writes besides: who manages an account, their addresses, and how many e-mails they got. */
const workerRights = [
  'grant select (account_id, user_id, role) on membership to tenantry_worker',
  'create policy membership_worker_select on membership for select to tenantry_worker using (true)',
  'grant select (id, email) on app_user to tenantry_worker',
  'create policy app_user_worker_select on app_user for select to tenantry_worker using (true)',
  'grant insert, update on email_bound to tenantry_worker',
  'create policy email_bound_worker_insert on email_bound for insert to tenantry_worker with check (true)',
  'create policy email_bound_worker_update on email_bound for update to tenantry_worker using (true) with check (true)',
];

const withoutRights = [
  'drop policy membership_worker_select on membership',
  'revoke select (account_id, user_id, role) on membership from tenantry_worker',
  'drop policy app_user_worker_select on app_user',
  'revoke select (id, email) on app_user from tenantry_worker',
  'drop policy email_bound_worker_insert on email_bound',
  'drop policy email_bound_worker_update on email_bound',
  'revoke insert, update on email_bound from tenantry_worker',
];

/** E-mails that the outbox sends to the owners and admins of an account. */
export class Migration0046OutboxEmails extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of [table, ...indexes]) this.addSql(sql);
    const rights = ['select', 'insert', 'update', 'delete'] as const;
    for (const sql of isolationStatements(tenantTable('email_delivery', { worker: rights })))
      this.addSql(sql);
    for (const sql of workerRights) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of withoutRights) this.addSql(sql);
    this.addSql('drop table email_delivery');
  }
}
