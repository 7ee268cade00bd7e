import { Migration } from '@mikro-orm/migrations';

const statements = [
  `create table staff_second_factor (
    staff_id uuid primary key references staff (id), sealed_secret text not null, created_at timestamptz not null,
    confirmed_at timestamptz, last_step bigint not null default -1)`,
  `create table staff_recovery_code (
    staff_id uuid not null references staff (id), digest text not null, used_at timestamptz,
    primary key (staff_id, digest))`,
  // Sessions from before were used when they began.
  'alter table staff_session add column last_used_at timestamptz, add column address text',
  'create index staff_session_of_staff on staff_session (staff_id, created_at)',
  'grant select, insert, update, delete on staff_second_factor, staff_recovery_code to tenantry_admin',
  'grant insert on staff to tenantry_admin',
  'grant update (role, disabled_at) on staff to tenantry_admin',
];

/** The second factor of staff, the use of their sessions, and the rights to manage staff in the admin app. */
export class Migration0055StaffSecurity extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const sql of statements) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('revoke insert, update (role, disabled_at) on staff from tenantry_admin');
    this.addSql('drop index staff_session_of_staff');
    this.addSql('alter table staff_session drop column last_used_at, drop column address');
    this.addSql('drop table staff_recovery_code, staff_second_factor');
  }
}
