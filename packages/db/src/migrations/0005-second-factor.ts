import { Migration } from '@mikro-orm/migrations';
import { context, directoryStatements } from './restrictive-policies.ts';

const tables = [
  `create table second_factor (
    user_id uuid primary key references app_user (id), sealed_secret text not null, created_at timestamptz not null,
    confirmed_at timestamptz, last_step bigint not null default -1)`,
  `create table recovery_code (
    user_id uuid not null references app_user (id), digest text not null, used_at timestamptz,
    primary key (user_id, digest))`,
];
const own = `user_id = ${context.user}`;

/** What people sign in with besides their password. */
export class Migration0005SecondFactor extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    const policies = ['second_factor', 'recovery_code'].flatMap((table) =>
      directoryStatements(table, own, own),
    );
    const grant = 'grant select, insert, update, delete on second_factor, recovery_code to tenantry_api';
    for (const statement of [...tables, ...policies, grant]) this.addSql(statement);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop table recovery_code, second_factor');
  }
}
