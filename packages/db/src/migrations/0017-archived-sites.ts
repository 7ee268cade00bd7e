import { Migration } from '@mikro-orm/migrations';

/** When a site was archived; null while it is in use. */
export class Migration0017ArchivedSites extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table site add column archived_at timestamptz');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table site drop column archived_at');
  }
}
