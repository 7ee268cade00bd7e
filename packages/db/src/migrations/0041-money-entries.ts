import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements, tenantTable } from './isolation-policies.ts';

const table = [
  `create table money_entry (
    account_id uuid not null references account (id), id uuid not null, at timestamptz not null,
    kind text not null, currency text not null check (currency ~ '^[A-Z]{3}$'), from_book text not null, to_book text not null,
    amount bigint not null check (amount > 0), invoice_id uuid, payment_id uuid, reason text, actor text not null,
    request_id text not null, primary key (account_id, id),
    foreign key (account_id, invoice_id) references invoice (account_id, id),
    foreign key (account_id, payment_id) references payment (account_id, id),
    constraint money_entry_kind_check check ((kind, from_book, to_book) in (('payment', 'received', 'balance'),
      ('apply', 'balance', 'invoiced'), ('release', 'invoiced', 'balance'), ('return', 'balance', 'returned'),
      ('refund', 'balance', 'refunded'))),
    constraint money_entry_subject_check check (case when kind in ('apply', 'release') then invoice_id is not null
      else payment_id is not null end))`,
  'create index money_entry_currency on money_entry (account_id, currency)',
  'create index money_entry_invoice on money_entry (account_id, invoice_id) where invoice_id is not null',
];

/** The API moves money between the balance and invoices, and no money in or out. */
const isolation: TableIsolation = {
  ...tenantTable('money_entry', {
    api: ['select', 'insert'],
    admin: ['select', 'insert'],
    worker: ['select', 'insert'],
  }),
  insert: "account_id = current_account_id() and kind in ('apply', 'release')",
};

/** Each payment that succeeded was booked on its invoice in full. */
const known = [
  `insert into money_entry (account_id, id, at, kind, currency, from_book, to_book, amount, payment_id, actor, request_id)
    select account_id, gen_random_uuid(), coalesce(confirmed_at, created_at), 'payment', currency, 'received', 'balance', amount, id,
      coalesce(confirmed_by, submitted_by), 'migration' from payment where status in ('succeeded', 'refunded') and amount > 0`,
  `insert into money_entry (account_id, id, at, kind, currency, from_book, to_book, amount, invoice_id, payment_id, actor, request_id)
    select account_id, gen_random_uuid(), coalesce(confirmed_at, created_at), 'apply', currency, 'balance', 'invoiced', amount, invoice_id, id,
      coalesce(confirmed_by, submitted_by), 'migration' from payment where status in ('succeeded', 'refunded') and amount > 0`,
];

/** What may begin when an invoice is paid from the balance. */
const fulfilment = [
  'grant insert, update on subscription_period to tenantry_api',
  'grant update on subscription to tenantry_api',
  `create policy subscription_api_update on subscription for update to tenantry_api
    using (account_id = current_account_id()) with check (account_id = current_account_id())`,
  `create policy subscription_period_api_insert on subscription_period for insert to tenantry_api
    with check (account_id = current_account_id())`,
  `create policy subscription_period_api_update on subscription_period for update to tenantry_api
    using (account_id = current_account_id()) with check (account_id = current_account_id())`,
  'grant insert, update on subscription_period to tenantry_worker',
  'grant update on subscription to tenantry_worker',
  'create policy subscription_worker_update on subscription for update to tenantry_worker using (true) with check (true)',
  'create policy subscription_period_worker_insert on subscription_period for insert to tenantry_worker with check (true)',
  'create policy subscription_period_worker_update on subscription_period for update to tenantry_worker using (true) with check (true)',
];

/** Where the money of an account is: a journal by which a balance follows, and is never stored. */
export class Migration0041MoneyEntries extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of [...table, ...isolationStatements(isolation), ...known, ...fulfilment])
      this.addSql(sql);
    this.addSql(`alter table payment drop constraint payment_status_check,
      add column refunded_amount bigint not null default 0,
      add constraint payment_status_check check (status in ('pending_approval', 'succeeded', 'failed', 'refunded', 'returned')),
      add constraint payment_refunded_check check (refunded_amount between 0 and amount
        and (status in ('succeeded', 'refunded', 'returned') or refunded_amount = 0))`);
    this.addSql("update payment set refunded_amount = amount where status = 'refunded'");
    this.addSql('alter table payment alter column refunded_amount drop default');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    // The schema before has no place for money that is not an invoice's.
    this.addSql(`do $$ begin
      if exists (select from payment where status = 'returned' or (status = 'succeeded' and refunded_amount > 0))
        or exists (select from money_entry group by account_id, currency
          having sum(case when to_book = 'balance' then amount else -amount end) <> 0) then
        raise exception 'there are payments that were returned or refunded, or accounts with a balance: settle them first';
      end if;
    end $$`);
    this.addSql(`alter table payment drop constraint payment_status_check, drop column refunded_amount,
      add constraint payment_status_check check (status in ('pending_approval', 'succeeded', 'failed', 'refunded'))`);
    for (const role of ['api', 'worker'])
      this.addSql(`drop policy subscription_${role}_update on subscription`);
    for (const role of ['api', 'worker'])
      for (const verb of ['insert', 'update'])
        this.addSql(`drop policy subscription_period_${role}_${verb} on subscription_period`);
    this.addSql('revoke insert, update on subscription_period from tenantry_api, tenantry_worker');
    this.addSql('revoke update on subscription from tenantry_api, tenantry_worker');
    this.addSql('drop table money_entry');
  }
}
