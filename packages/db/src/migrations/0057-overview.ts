import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements, tenantTable } from './isolation-policies.ts';

/**
 * When what was paid ends in real time, and the plans that run until then. A trigger keeps both, so that no writer of a
 * subscription or of its periods can forget them.
 */
const keepEnd = `create function keep_subscription_end() returns trigger language plpgsql as $$
  begin
    new.ends_at := coalesce((select later.ends_at from subscription_period later
        where later.account_id = new.account_id and later.starts_at > new.period_start
        order by later.starts_at desc, later.id desc limit 1), new.period_end)
      - make_interval(secs => coalesce((select ahead_milliseconds from account where id = new.account_id), 0) / 1000.0);
    new.plan_ids := array(select new.plan_id union select later.plan_id from subscription_period later
      where later.account_id = new.account_id and later.starts_at > new.period_start);
    return new;
  end $$`;

/** Writes the subscription of an account again, so that its own trigger computes what is kept. */
const touch = (
  name: string,
  account: string,
) => `create function ${name}() returns trigger language plpgsql as $$
  begin
    update subscription set ends_at = ends_at where account_id = ${account};
    return null;
  end $$`;

const columns = [
  'alter table subscription add column ends_at timestamptz, add column plan_ids uuid[]',
  'alter table subscription disable trigger subscription_access',
  `update subscription set
    ends_at = coalesce((select later.ends_at from subscription_period later
        where later.account_id = subscription.account_id and later.starts_at > subscription.period_start
        order by later.starts_at desc, later.id desc limit 1), period_end)
      - make_interval(secs => (select ahead_milliseconds from account where id = subscription.account_id) / 1000.0),
    plan_ids = array(select subscription.plan_id union select later.plan_id from subscription_period later
      where later.account_id = subscription.account_id and later.starts_at > subscription.period_start)`,
  'alter table subscription enable trigger subscription_access',
  'alter table subscription alter column ends_at set not null, alter column plan_ids set not null',
  'alter table money_entry add column recorded_at timestamptz',
  'alter table money_entry alter column recorded_at set default clock_timestamp()',
];

const triggers = [
  keepEnd,
  touch('touch_subscription_of_period', 'coalesce(new.account_id, old.account_id)'),
  touch('touch_subscription_of_account', 'new.id'),
  `create trigger subscription_end before insert or update of plan_id, period_start, period_end, ends_at on subscription
    for each row execute function keep_subscription_end()`,
  `create trigger subscription_period_end after insert or update or delete on subscription_period
    for each row execute function touch_subscription_of_period()`,
  `create trigger account_clock after update of ahead_milliseconds on account
    for each row execute function touch_subscription_of_account()`,
];

const indexes = [
  'account_name on account (lower(name) collate "C", id)',
  `account_words on account using gin (to_tsvector('simple', translate(name, './@:_&+-', '        ')))`,
  'account_day on account (created_at) where not sandbox',
  "account_not_active on account (status, id) where status <> 'active'",
  'account_sandbox on account (id) where sandbox',
  'api_key_id on api_key (id)',
  'app_user_email on app_user (email text_pattern_ops)',
  'invoice_id on invoice (id)',
  'key_directory_prefix on key_directory (key_id text_pattern_ops)',
  'money_entry_at on money_entry (at)',
  'money_entry_recorded on money_entry (recorded_at)',
  'payment_id on payment (id)',
  'payment_status on payment (status, id)',
  "payment_waiting on payment (currency, created_at) include (amount) where status = 'pending_approval'",
  'payment_bank_reference on payment (upper(external_payment_id)) where external_payment_id is not null',
  "security_event_refused on security_event (id) where (facts ->> 'refused') is not null",
  'subscription_id on subscription (id)',
  'subscription_plans on subscription using gin (plan_ids)',
  'subscription_method on subscription (payment_method, account_id)',
  'subscription_ends on subscription (status, ends_at)',
  'subscription_review on subscription (account_id) where review_until is not null',
  'webhook_endpoint_failing on webhook_endpoint (failing_since) where failing_since is not null and deleted_at is null',
];

const tables = [
  `create table daily_credit (day date primary key, granted bigint not null, spent bigint not null, expired bigint not null)`,
  `create table daily_revenue (day date not null, method text not null, currency text not null, received bigint not null,
    sent_back bigint not null, primary key (day, method, currency))`,
  `create table credit_fold (account_id uuid primary key references account (id), sequence bigint not null)`,
  `create table low_credit_account (account_id uuid primary key references account (id), since timestamptz not null)`,
  `create table overview_measurement (name text primary key check (name in ('credits', 'revenue', 'low_credit')), at timestamptz not null)`,
];

/** Staff read the figures that the worker writes; the API does neither. */
const figures = (table: string, worker: TableIsolation['worker']): TableIsolation => ({
  table,
  read: 'false',
  write: 'false',
  admin: ['select'],
  ...(worker === undefined ? {} : { worker }),
});

const isolated: TableIsolation[] = [
  figures('daily_credit', ['select', 'insert', 'update']),
  figures('daily_revenue', ['select', 'insert', 'update']),
  figures('overview_measurement', ['select', 'insert', 'update']),
  tenantTable('credit_fold', { worker: ['select', 'insert', 'update'] }),
  tenantTable('low_credit_account', { admin: ['select'], worker: ['select', 'insert', 'delete'] }),
];

/** What staff look up an account by. */
const found = ['api_key', 'key_directory', 'membership_directory', 'webhook_endpoint'];
const policyOf = (table: string) => `${table}_admin_select on ${table}`;

/** What the console shows first: figures of all accounts that are kept, and indexes of what an account is found by. */
export class Migration0057Overview extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of [...columns, ...triggers]) this.addSql(sql);
    for (const index of indexes) this.addSql(`create index ${index}`);
    for (const table of tables) this.addSql(table);
    for (const isolation of isolated) for (const sql of isolationStatements(isolation)) this.addSql(sql);
    for (const table of found) {
      this.addSql(`grant select on ${table} to tenantry_admin`);
      this.addSql(`drop policy if exists ${policyOf(table)}`);
      this.addSql(`create policy ${policyOf(table)} for select to tenantry_admin using (true)`);
    }
    this.addSql('grant select on security_event to tenantry_admin');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('revoke select on security_event from tenantry_admin');
    for (const table of found) {
      this.addSql(`drop policy if exists ${policyOf(table)}`);
      this.addSql(`revoke select on ${table} from tenantry_admin`);
    }
    this.addSql(
      'drop table daily_credit, daily_revenue, credit_fold, low_credit_account, overview_measurement',
    );
    for (const index of indexes) this.addSql(`drop index ${index.split(' ')[0]}`);
    this.addSql('drop trigger subscription_end on subscription');
    this.addSql('drop trigger subscription_period_end on subscription_period');
    this.addSql('drop trigger account_clock on account');
    this.addSql(
      'drop function keep_subscription_end(), touch_subscription_of_period(), touch_subscription_of_account()',
    );
    this.addSql('alter table subscription drop column ends_at, drop column plan_ids');
    this.addSql('alter table money_entry drop column recorded_at');
  }
}
