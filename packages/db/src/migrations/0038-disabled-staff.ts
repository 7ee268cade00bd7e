import { Migration } from '@mikro-orm/migrations';

/** Staff who may no longer sign in keep their row, which audit rows and security events name. */
export class Migration0038DisabledStaff extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table staff add column disabled_at timestamptz');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    // Without the column every row is somebody who may sign in.
    this.addSql(`do $$ begin
      if exists (select from staff where disabled_at is not null) then
        raise exception 'disabled staff could sign in again: give them another password hash first';
      end if;
    end $$`);
    this.addSql('alter table staff drop column disabled_at');
  }
}
