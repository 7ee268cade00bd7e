import { Migration } from '@mikro-orm/migrations';

/** With an external id stands what was asked when its account was made, so that the same request finds it again. */
export class Migration0034AskedAccounts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    // An account whose request is not known is never taken for that of another request.
    this.addSql("alter table account_directory add column asked text not null default ''");
    this.addSql('alter table account_directory alter column asked drop default');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table account_directory drop column asked');
  }
}
