import { Migration } from '@mikro-orm/migrations';
import { context, directoryStatements, restrictivePolicies } from './restrictive-policies.ts';

const tables = [
  `create table email_token (
    id uuid primary key, user_id uuid not null references app_user (id),
    purpose text not null check (purpose in ('password_reset','email_verification')), token_digest text not null unique,
    created_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz)`,
  'create index email_token_by_user on email_token (user_id)',
  `create table sign_in_guard (
    guard_key text primary key, failures int not null check (failures >= 0), began_at timestamptz not null,
    locked_until timestamptz)`,
  `create table invitation (
    account_id uuid not null references account (id), id uuid not null, email text not null, email_digest text not null,
    role text not null check (role in ('owner','admin','editor','viewer')), site_ids jsonb, invited_by uuid not null,
    created_at timestamptz not null, expires_at timestamptz not null, accepted_at timestamptz, revoked_at timestamptz,
    version int not null default 1, primary key (account_id, id))`,
  `create unique index invitation_open on invitation (account_id, email_digest)
    where accepted_at is null and revoked_at is null`,
  `create table invitation_directory (
    token_digest text primary key, account_id uuid not null, invitation_id uuid not null,
    foreign key (account_id, invitation_id) references invitation (account_id, id))`,
];

const policies = [
  ...directoryStatements(
    'email_token',
    `(user_id = ${context.user} or token_digest = ${context.presented})`,
    `user_id = ${context.user}`,
  ),
  ...directoryStatements(
    'sign_in_guard',
    `guard_key = ${context.presented}`,
    `guard_key = ${context.presented}`,
  ),
  ...restrictivePolicies('invitation'),
  ...directoryStatements(
    'invitation_directory',
    `token_digest = ${context.presented}`,
    `account_id = ${context.account}`,
  ),
];

const grants = [
  'grant select, insert, update on email_token, sign_in_guard, invitation to tenantry_api',
  'grant select, insert on invitation_directory to tenantry_api',
  'grant select on invitation to tenantry_admin',
];

/** What people prove who they are with: emails, invitations, and how often they failed. */
export class Migration0004Identity extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table app_user add column email_verified_at timestamptz');
    for (const statement of [...tables, ...policies, ...grants]) this.addSql(statement);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop table invitation_directory, invitation, sign_in_guard, email_token');
    this.addSql('alter table app_user drop column email_verified_at');
  }
}
