import { Migration } from '@mikro-orm/migrations';

/** Tables of an account whose rows the API reads and adds, and staff or the worker change. */
const unchanged = ['payment', 'subscription'] as const;

/**
 * Takes from the API's role the rights that no code of the API uses, with their policies. Payments are decided and
 * subscriptions activated by staff; the worker deletes the counts of the throttle.
 */
export class Migration0030UnusedRights extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('revoke delete on throttle_bucket from tenantry_api');
    for (const table of unchanged) {
      this.addSql(`drop policy ${table}_api_update on ${table}`);
      this.addSql(`revoke update on ${table} from tenantry_api`);
    }
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('grant delete on throttle_bucket to tenantry_api');
    for (const table of unchanged) {
      this.addSql(`grant update on ${table} to tenantry_api`);
      this.addSql(`create policy ${table}_api_update on ${table} for update to tenantry_api
        using (account_id = current_account_id()) with check (account_id = current_account_id())`);
    }
  }
}
