import { Migration } from '@mikro-orm/migrations';

/**
 * Whoever is limited to a site reads its part of the journal and its holds by an index, as others read all of them. Rows
 * without a site are in neither, so that writing them costs nothing more.
 */
export class Migration0011CreditIndexes extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(
      'create index ledger_entry_by_site on ledger_entry (account_id, site_id, sequence) where site_id is not null',
    );
    this.addSql(
      'create index credit_hold_by_site on credit_hold (account_id, site_id, id) where site_id is not null',
    );
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop index credit_hold_by_site');
    this.addSql('drop index ledger_entry_by_site');
  }
}
