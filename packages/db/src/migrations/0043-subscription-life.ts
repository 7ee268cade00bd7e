import { Migration } from '@mikro-orm/migrations';
import { isolationStatements, tenantTable } from './isolation-policies.ts';

const tables = [
  `create table subscription_event (
    account_id uuid not null references account (id), id uuid not null, at timestamptz not null,
    key text not null, kind text not null, facts jsonb not null default '{}',
    primary key (account_id, id), unique (account_id, key))`,
  `create table upgrade_credit (
    account_id uuid not null references account (id), invoice_id uuid not null, period_id uuid not null,
    credits bigint not null check (credits >= 0), months int not null check (months >= 0),
    primary key (account_id, invoice_id), foreign key (account_id, invoice_id) references invoice (account_id, id))`,
  `create table subscription_due (
    account_id uuid primary key references account (id), due_at timestamptz not null)`,
];

const add = ['select', 'insert'] as const;
const write = ['select', 'insert', 'update'] as const;
const isolation = [
  tenantTable('subscription_event', { api: add, worker: add }),
  tenantTable('upgrade_credit', { api: add, admin: ['select'], worker: ['select'] }),
  tenantTable('subscription_due', { api: write, admin: write, worker: write }),
];

const policy = {
  select: 'using (true)',
  insert: 'with check (true)',
  update: 'using (true) with check (true)',
};

/** Whatever changes what the steps of a subscription follow from makes the worker look at it again. */
const lookAgain = `create function subscription_is_due() returns trigger language plpgsql as $$
  begin
    insert into subscription_due (account_id, due_at) values (new.account_id, 'epoch')
      on conflict (account_id) do update set due_at = 'epoch';
    return null;
  end $$`;

/** The worker locks an account before it writes what is due for it. */
const workerMayLock = [
  'grant update (version) on account to tenantry_worker',
  'create policy account_worker_update on account for update to tenantry_worker using (true) with check (true)',
];

/** The worker issues renewals, makes what they replace void, and asks whether a payment waits. */
const invoicing = [
  ['invoice', ['select', 'insert', 'update']],
  ['invoice_directory', ['insert']],
  ['payment', ['select']],
] as const;
const workerMayInvoice = invoicing.flatMap(([table, verbs]) =>
  verbs.flatMap((verb) => [
    `grant ${verb} on ${table} to tenantry_worker`,
    `create policy ${table}_worker_${verb} on ${table} for ${verb} to tenantry_worker ${policy[verb]}`,
  ]),
);

/** The numbers of sandboxes are series of their own, with a longer name than the issuer's prefix. */
const longerSeries = `alter table invoice_series drop constraint invoice_series_series_check,
  add constraint invoice_series_series_check check (char_length(series) between 1 and 30)`;

const aheadCheck = 'ahead_milliseconds >= 0 and (sandbox or ahead_milliseconds = 0)';

/**
 * What the life of a subscription needs: the history that a job writes, each step once; what an upgrade takes off its
 * price; when a job has to look at a subscription; and how far the clock of a sandbox account is ahead.
 */
export class Migration0043SubscriptionLife extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table subscription_period add column credits_less bigint not null default 0');
    this.addSql(`alter table subscription_period add constraint subscription_period_credits_less_check
      check (credits_less >= 0) not valid`);
    this.addSql('alter table subscription_period validate constraint subscription_period_credits_less_check');
    this.addSql('alter table account add column ahead_milliseconds bigint not null default 0');
    this.addSql(
      `alter table account add constraint account_ahead_milliseconds_check check (${aheadCheck}) not valid`,
    );
    this.addSql('alter table account validate constraint account_ahead_milliseconds_check');
    this.addSql('grant update (ahead_milliseconds) on account to tenantry_api');
    for (const sql of [...tables, ...isolation.flatMap(isolationStatements)]) this.addSql(sql);
    for (const sql of [...workerMayLock, ...workerMayInvoice, longerSeries, lookAgain]) this.addSql(sql);
    this.addSql('create index subscription_due_at on subscription_due (due_at)');
    this.addSql(
      "insert into subscription_due (account_id, due_at) select account_id, 'epoch' from subscription",
    );
    for (const table of ['subscription', 'subscription_period'])
      this.addSql(`create trigger ${table}_due after insert or update on ${table}
        for each row execute function subscription_is_due()`);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const table of ['subscription', 'subscription_period'])
      this.addSql(`drop trigger ${table}_due on ${table}`);
    this.addSql('drop function subscription_is_due');
    for (const table of ['subscription_due', 'upgrade_credit', 'subscription_event'])
      this.addSql(`drop table ${table}`);
    for (const [table, verbs] of invoicing)
      for (const verb of verbs) {
        this.addSql(`drop policy ${table}_worker_${verb} on ${table}`);
        this.addSql(`revoke ${verb} on ${table} from tenantry_worker`);
      }
    this.addSql('drop policy account_worker_update on account');
    this.addSql('revoke update (version) on account from tenantry_worker');
    this.addSql('alter table account drop column ahead_milliseconds');
    this.addSql('alter table subscription_period drop column credits_less');
  }
}
