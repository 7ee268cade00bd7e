import { Migration } from '@mikro-orm/migrations';

/** Usage is summed by time, over the entries of what was spent alone; the other entries pay nothing for this index. */
export class Migration0012Usage extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(
      "create index ledger_entry_spent on ledger_entry (account_id, at) where to_book = 'spent' or from_book = 'spent'",
    );
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop index ledger_entry_spent');
  }
}
