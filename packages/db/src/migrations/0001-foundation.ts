import { Migration } from '@mikro-orm/migrations';
import { context, directoryStatements, restrictivePolicies } from './restrictive-policies.ts';

const tenantTables = [
  'subscription',
  'site',
  'sector',
  'api_key',
  'credit_balance',
  'credit_grant',
  'credit_hold',
  'credit_backing',
  'ledger_entry',
  'invoice',
  'payment',
  'payment_proof',
  'idempotency_record',
  'audit_entry',
  'outbox_message',
] as const;

const people = `
create table app_user (
  id uuid primary key, email text not null, email_digest text not null unique, name text,
  password_hash text not null, created_at timestamptz not null, version int not null default 1);
create table session (
  id uuid primary key, user_id uuid not null references app_user (id),
  refresh_digest text not null unique, previous_refresh_digest text, cookie_digest text unique,
  created_at timestamptz not null, expires_at timestamptz not null, revoked_at timestamptz, version int not null default 1);
create index session_by_user on session (user_id);
create index session_previous on session (previous_refresh_digest);
create table staff (
  id uuid primary key, email text not null, email_digest text not null unique, role text not null
  check (role in ('support','finance','platform_admin')), password_hash text not null, user_id uuid references app_user (id),
  created_at timestamptz not null);
create table staff_session (
  id uuid primary key, staff_id uuid not null references staff (id), token_digest text not null unique,
  created_at timestamptz not null, expires_at timestamptz not null, revoked_at timestamptz);
create table security_event (
  id uuid primary key, at timestamptz not null, action text not null, actor text not null,
  request_id text not null, facts jsonb not null default '{}');
create table plan (
  id uuid primary key, slug text not null, plan_version int not null, name text not null,
  state text not null check (state in ('listed','unlisted','withdrawn')), internal boolean not null default false,
  price_amount bigint not null check (price_amount >= 0), currency text not null check (currency ~ '^[A-Z]{3}$'),
  cycle text not null check (cycle in ('monthly','annual')), included_credits bigint not null check (included_credits >= 0),
  users_max int not null check (users_max >= 1), sites_max int not null check (sites_max >= 1),
  sectors_per_site_max int not null check (sectors_per_site_max between 1 and 5), api_keys_max int not null,
  features jsonb not null default '[]', throttle_rates jsonb not null, trial_days int not null default 0,
  grace_days int not null default 7, unique (slug, plan_version));
create table operation (
  name text primary key, kind text not null check (kind in ('text','image')),
  unit text not null check (unit in ('request','token','word','item','image')), unit_size int not null check (unit_size >= 1),
  credits_per_unit int not null check (credits_per_unit >= 0), credits_min int not null check (credits_min >= 0),
  output_tokens_default int not null default 500);
`;

const tenancy = `
create table account (
  id uuid primary key, name text not null, status text not null default 'active' check (status in ('active','suspended','closed')),
  status_reason text, payment_method text not null default 'stripe' check (payment_method in ('stripe','paypal','bank_transfer')),
  system boolean not null default false, sandbox boolean not null default false,
  created_at timestamptz not null, version int not null default 1);
create table membership (
  account_id uuid not null references account (id), user_id uuid not null references app_user (id),
  role text not null check (role in ('owner','admin','editor','viewer')), created_at timestamptz not null,
  version int not null default 1, primary key (account_id, user_id));
create index membership_by_user on membership (user_id);
create table subscription (
  account_id uuid not null references account (id), id uuid not null, plan_id uuid not null references plan (id),
  status text not null check (status in ('trialing','pending_payment','active','past_due','cancelled','expired')),
  payment_method text not null default 'stripe' check (payment_method in ('stripe','paypal','bank_transfer')),
  external_payment_id text, stripe_subscription_id text, period_start timestamptz not null, period_end timestamptz not null,
  version int not null default 1, primary key (account_id, id), unique (account_id), check (period_start <= period_end));
create unique index subscription_stripe on subscription (account_id, stripe_subscription_id) where stripe_subscription_id is not null;
create table site (
  account_id uuid not null references account (id), id uuid not null, name text not null, domain text,
  created_at timestamptz not null, deleted_at timestamptz, version int not null default 1, primary key (account_id, id));
create unique index site_domain on site (account_id, domain) where deleted_at is null;
create table sector (
  account_id uuid not null, id uuid not null, site_id uuid not null, name text not null, created_at timestamptz not null,
  version int not null default 1, primary key (account_id, id), unique (account_id, site_id, name),
  foreign key (account_id, site_id) references site (account_id, id));
create table api_key (
  account_id uuid not null references account (id), id uuid not null, key_id text not null, name text not null,
  prefix text not null, digest text not null, scopes jsonb not null, site_id uuid, expires_at timestamptz, revoked_at timestamptz,
  created_at timestamptz not null, version int not null default 1, primary key (account_id, id), unique (account_id, key_id),
  foreign key (account_id, site_id) references site (account_id, id));
create table key_directory (
  key_id text primary key, account_id uuid not null, api_key_id uuid not null,
  foreign key (account_id, api_key_id) references api_key (account_id, id));
create table audit_entry (
  account_id uuid not null references account (id), id uuid not null, at timestamptz not null, action text not null, actor text not null,
  request_id text not null, subject_id text, facts jsonb not null default '{}', primary key (account_id, id));
create table outbox_message (
  account_id uuid not null references account (id), id uuid not null, at timestamptz not null, topic text not null,
  payload jsonb not null, sent_at timestamptz, primary key (account_id, id));
create table idempotency_record (
  account_id uuid not null references account (id), procedure text not null, key text not null, fingerprint text not null,
  state text not null check (state in ('running','done')), status int, body text, created_at timestamptz not null,
  expires_at timestamptz not null, primary key (account_id, procedure, key));
`;

const credits = `
create table credit_balance (
  account_id uuid primary key references account (id), granted bigint not null default 0, available bigint not null default 0 check (available >= 0),
  held bigint not null default 0 check (held >= 0), spent bigint not null default 0 check (spent >= 0),
  expired bigint not null default 0 check (expired >= 0), sequence bigint not null default 0, head_hash text not null default '',
  check (available + held + spent + expired = granted));
create table credit_grant (
  account_id uuid not null references account (id), id uuid not null, kind text not null check (kind in ('plan','promo','adjustment','purchase')),
  amount bigint not null check (amount > 0), available bigint not null check (available >= 0), held bigint not null check (held >= 0),
  expires_at timestamptz, reference text not null, created_at timestamptz not null, primary key (account_id, id),
  unique (account_id, kind, reference), check (available + held <= amount));
create index credit_grant_live on credit_grant (account_id, expires_at) where available > 0 or held > 0;
create table credit_hold (
  account_id uuid not null references account (id), id uuid not null, amount bigint not null check (amount > 0),
  status text not null check (status in ('open','settled','released','expired')), settled_amount bigint check (settled_amount >= 0 and settled_amount <= amount),
  operation text references operation (name), site_id uuid, metadata jsonb not null default '{}', expires_at timestamptz not null,
  created_at timestamptz not null, resolved_at timestamptz, primary key (account_id, id),
  foreign key (account_id, site_id) references site (account_id, id));
create index credit_hold_open on credit_hold (account_id, expires_at) where status = 'open';
create table credit_backing (
  account_id uuid not null, hold_id uuid not null, grant_id uuid not null, amount bigint not null check (amount > 0),
  primary key (account_id, hold_id, grant_id),
  foreign key (account_id, hold_id) references credit_hold (account_id, id),
  foreign key (account_id, grant_id) references credit_grant (account_id, id));
create table ledger_entry (
  account_id uuid not null references account (id), id uuid not null, sequence bigint not null, at timestamptz not null, kind text not null,
  from_book text not null, to_book text not null, amount bigint not null check (amount > 0), available_after bigint not null,
  hold_id uuid, grant_id uuid, operation text, site_id uuid, actor text not null, request_id text not null, hash text not null,
  primary key (account_id, id), unique (account_id, sequence), check (from_book <> to_book),
  check (from_book in ('granted','available','held','spent','expired') and to_book in ('granted','available','held','spent','expired')),
  foreign key (account_id, hold_id) references credit_hold (account_id, id),
  foreign key (account_id, grant_id) references credit_grant (account_id, id));
`;

const billing = `
create table invoice (
  account_id uuid not null references account (id), id uuid not null, number text not null, reference text not null,
  plan_id uuid not null references plan (id), amount bigint not null check (amount >= 0), currency text not null,
  status text not null check (status in ('open','paid','void')), created_at timestamptz not null, paid_at timestamptz,
  version int not null default 1, primary key (account_id, id), unique (account_id, number), unique (account_id, reference));
create table payment (
  account_id uuid not null, id uuid not null, invoice_id uuid not null, method text not null check (method in ('stripe','paypal','bank_transfer')),
  status text not null check (status in ('pending_approval','succeeded','failed','refunded')), amount bigint not null, currency text not null,
  payer_name text not null, external_payment_id text, reason text, submitted_by text not null, created_at timestamptz not null,
  confirmed_at timestamptz, confirmed_by text, version int not null default 1, primary key (account_id, id),
  foreign key (account_id, invoice_id) references invoice (account_id, id));
create table payment_proof (
  account_id uuid not null, id uuid not null, payment_id uuid not null, url text, file_name text, media_type text, size_bytes int,
  created_at timestamptz not null, primary key (account_id, id), check ((url is null) <> (file_name is null)),
  foreign key (account_id, payment_id) references payment (account_id, id));
create table external_reference (
  method text not null, reference text not null, account_id uuid not null, payment_id uuid not null, answer text not null,
  primary key (method, reference), foreign key (account_id, payment_id) references payment (account_id, id));
create table invoice_directory (
  reference text primary key, account_id uuid not null, invoice_id uuid not null,
  foreign key (account_id, invoice_id) references invoice (account_id, id));
`;

const grants = [
  'grant usage on schema public to tenantry_api, tenantry_admin, tenantry_worker',
  'grant select, insert, update on app_user, session, account, membership, subscription, site, sector, api_key, credit_balance, credit_grant, credit_hold, invoice, payment, idempotency_record, outbox_message to tenantry_api, tenantry_admin',
  'grant delete on sector, membership, idempotency_record to tenantry_api',
  'grant select, insert on key_directory, audit_entry, credit_backing, ledger_entry, payment_proof, external_reference, invoice_directory, security_event to tenantry_api, tenantry_admin',
  'grant select on plan, operation to tenantry_api, tenantry_admin, tenantry_worker',
  'grant select on staff to tenantry_admin',
  'grant select, insert, update on staff_session to tenantry_admin',
  'grant select, insert, update on credit_hold, credit_balance, credit_grant to tenantry_worker',
  'grant select, update on outbox_message, account to tenantry_worker',
  'grant select, delete on idempotency_record to tenantry_worker',
  'grant select, insert on ledger_entry, credit_backing to tenantry_worker',
];

/** Every table of the app, each with row security. */
export class Migration0001Foundation extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const block of [people, tenancy, credits, billing]) {
      for (const statement of block.split(';\n')) if (statement.trim() !== '') this.addSql(statement);
    }
    const policies = [
      ...restrictivePolicies('account', 'id'),
      ...restrictivePolicies('membership', 'account_id', `user_id = ${context.user}`),
      ...tenantTables.flatMap((table) => restrictivePolicies(table)),
      ...directoryStatements(
        'key_directory',
        `key_id = ${context.presented}`,
        `account_id = ${context.account}`,
      ),
      ...directoryStatements(
        'external_reference',
        `account_id = ${context.account}`,
        `account_id = ${context.account}`,
      ),
      ...directoryStatements(
        'invoice_directory',
        `account_id = ${context.account}`,
        `account_id = ${context.account}`,
      ),
      ...directoryStatements(
        'app_user',
        `(id = ${context.user} or email_digest = ${context.presented} or exists (select 1 from membership where user_id = app_user.id and account_id = ${context.account}))`,
        `id = ${context.user}`,
      ),
      ...directoryStatements(
        'session',
        `(user_id = ${context.user} or ${context.presented} in (refresh_digest, previous_refresh_digest, cookie_digest))`,
        `user_id = ${context.user}`,
      ),
    ];
    for (const statement of [...policies, ...grants]) this.addSql(statement);
    // Start-up compares what is applied with what the code expects.
    this.addSql('grant select on mikro_orm_migrations to tenantry_api, tenantry_admin, tenantry_worker');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(
      'drop table invoice_directory, external_reference, payment_proof, payment, invoice, ledger_entry, credit_backing, credit_hold, credit_grant, credit_balance, idempotency_record, outbox_message, audit_entry, key_directory, api_key, sector, site, subscription, membership, account, operation, plan, security_event, staff_session, staff, session, app_user',
    );
  }
}
