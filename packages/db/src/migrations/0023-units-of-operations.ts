import { Migration } from '@mikro-orm/migrations';

const known = "unit in ('request','token','word','item','image')";

/** An operation may be counted in any unit that has a name. */
export class Migration0023UnitsOfOperations extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table operation drop constraint operation_unit_check');
    this.addSql(
      "alter table operation add constraint operation_unit_check check (unit ~ '^[a-z][a-z0-9_]{0,49}$')",
    );
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table operation drop constraint operation_unit_check');
    // It is refused while an operation is counted in another unit.
    this.addSql(`alter table operation add constraint operation_unit_check check (${known})`);
  }
}
