import { Migration } from '@mikro-orm/migrations';

const keyTrigger = (columns: string) =>
  `create trigger api_key_facts after update of ${columns} on api_key for each row execute function notify_facts('key', 'key_id')`;

/** Members that are limited to named sites; keys with allowed addresses and the time of their last use. */
export class Migration0003MembersAndKeys extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table membership add column site_ids jsonb');
    this.addSql(
      "alter table api_key add column allowed_addresses jsonb not null default '[]', add column last_used_at timestamptz",
    );
    this.addSql('drop trigger api_key_facts on api_key');
    this.addSql(keyTrigger('revoked_at, expires_at, scopes, site_id, allowed_addresses'));
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop trigger api_key_facts on api_key');
    this.addSql(keyTrigger('revoked_at, expires_at, scopes, site_id'));
    this.addSql('alter table api_key drop column allowed_addresses, drop column last_used_at');
    this.addSql('alter table membership drop column site_ids');
  }
}
