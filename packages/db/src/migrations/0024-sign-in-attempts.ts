import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, dropPoliciesOf, isolationStatements } from './isolation-policies.ts';

const ofAttempt = 'guard_key = presented_digest() or subject = presented_digest()';

/** Whoever presents the digest of an address reaches every guard of that address. */
const signInGuard: TableIsolation = {
  table: 'sign_in_guard',
  read: ofAttempt,
  write: ofAttempt,
  api: ['select', 'insert', 'update'],
  admin: ['select', 'insert', 'update'],
};

const formerSignInGuard: TableIsolation = {
  ...signInGuard,
  read: 'guard_key = presented_digest()',
  write: 'guard_key = presented_digest()',
};

/** Staff reach the second factor and the sessions of a person whose second factor they remove. */
const ofUser = 'user_id = current_user_id()';
const secondFactor = (table: string, admin: TableIsolation['admin'] = []): TableIsolation => ({
  table,
  read: ofUser,
  write: ofUser,
  api: ['select', 'insert', 'update', 'delete'],
  admin,
});

const isolate = (isolation: TableIsolation) => [
  dropPoliciesOf(isolation.table),
  ...isolationStatements(isolation),
];

/** Attempts are counted before they are made, and what proves a person can be locked while it is acted on. */
export class Migration0024SignInAttempts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table sign_in_guard add column pending int not null default 0 check (pending >= 0)');
    this.addSql('alter table sign_in_guard add column subject text');
    this.addSql('create index sign_in_guard_subject on sign_in_guard (subject)');
    // A token that confirms a new address holds that address.
    this.addSql('alter table email_token add column new_email text, add column new_email_digest text');
    this.addSql('alter table email_token drop constraint email_token_purpose_check');
    this.addSql(`alter table email_token add constraint email_token_purpose_check
      check (purpose in ('password_reset','email_verification','email_change'))`);
    // Whether the address of its user was confirmed before it was.
    this.addSql('alter table second_factor add column address_confirmed boolean not null default true');
    this.addSql(`update second_factor set address_confirmed = false from app_user where app_user.id = second_factor.user_id
      and (app_user.email_verified_at is null or second_factor.confirmed_at < app_user.email_verified_at)`);
    this.addSql('grant update (password_hash) on staff to tenantry_admin');
    for (const sql of [
      ...isolate(signInGuard),
      ...isolate(secondFactor('second_factor', ['select', 'delete'])),
      ...isolate(secondFactor('recovery_code', ['select', 'delete'])),
    ])
      this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of [
      ...isolate(formerSignInGuard),
      ...isolate(secondFactor('second_factor')),
      ...isolate(secondFactor('recovery_code')),
    ])
      this.addSql(sql);
    this.addSql('revoke update (password_hash) on staff from tenantry_admin');
    this.addSql("delete from email_token where purpose = 'email_change'");
    this.addSql('alter table email_token drop constraint email_token_purpose_check');
    this.addSql(`alter table email_token add constraint email_token_purpose_check
      check (purpose in ('password_reset','email_verification'))`);
    this.addSql('alter table email_token drop column new_email, drop column new_email_digest');
    this.addSql('alter table second_factor drop column address_confirmed');
    this.addSql('alter table sign_in_guard drop column pending, drop column subject');
  }
}
