import { Migration } from '@mikro-orm/migrations';

/** Rights of the API's role that no code of the API uses. */
const unused = [
  ['update', 'payment'],
  ['update', 'subscription'],
  ['delete', 'throttle_bucket'],
] as const;

/** Payments are decided and subscriptions activated by staff; the worker deletes the counts of the throttle. */
export class Migration0030UnusedRights extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const [verb, table] of unused) this.addSql(`revoke ${verb} on ${table} from tenantry_api`);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const [verb, table] of unused) this.addSql(`grant ${verb} on ${table} to tenantry_api`);
  }
}
