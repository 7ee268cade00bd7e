import { Migration } from '@mikro-orm/migrations';

/**
 * What an apply of the catalogue writes, and no more: a version that was sold cannot be changed or deleted, whoever has the
 * role of the admin app. Moves write subscriptions and periods, which the role may already.
 */
const rights = [
  'insert, update (state, renews_as) on plan',
  'insert, update (price_version, withdrawn) on operation',
  'insert on operation_price',
  'insert, update (description), delete on own_feature',
  'insert, update (description), delete on own_limit',
  'insert, update (withdrawn) on credit_package',
  'insert on issuer',
  'insert on payee',
] as const;

/** Staff apply the catalogue in the role of the admin app. A version of a plan says since when it is there. */
export class Migration0061CatalogueByStaff extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table plan add column created_at timestamptz');
    for (const right of rights) this.addSql(`grant ${right} to tenantry_admin`);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const right of rights) this.addSql(`revoke ${right} from tenantry_admin`);
    this.addSql('alter table plan drop column created_at');
  }
}
