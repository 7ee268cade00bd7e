import { Migration } from '@mikro-orm/migrations';

/** The form of a name at that time. */
const name = '^[a-z][a-zA-Z0-9_-]{0,49}$';

const areNames = `jsonb_typeof(features) = 'array' and not jsonb_path_exists(features,
  '$[*] ? (@.type() != "string" || !(@ like_regex "${name}"))')`;

/** A whole number of at least 0 under each name. */
const areLimits = `jsonb_typeof(own_limits) = 'object'
  and not jsonb_path_exists(own_limits, '$.* ? (@.type() != "number" || @ < 0 || @.floor() != @)')
  and not jsonb_path_exists(own_limits, '$.keyvalue() ? (!(@.key like_regex "${name}"))')`;

const declared = (table: string) =>
  `create table ${table} (name text primary key check (name ~ '${name}'), description text not null)`;

/**
 * A plan may include features and limits that the product declares for itself. The two new tables hold the names that are
 * declared; they are reference data without an account, as plans are.
 */
export class Migration0031OwnFeaturesAndLimits extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql("alter table plan add column own_limits jsonb not null default '{}'");
    this.addSql(`alter table plan add constraint plan_features_check check (${areNames})`);
    this.addSql(`alter table plan add constraint plan_own_limits_check check (${areLimits})`);
    this.addSql(declared('own_feature'));
    this.addSql(declared('own_limit'));
    this.addSql('grant select on own_feature, own_limit to tenantry_api, tenantry_admin, tenantry_worker');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop table own_limit, own_feature');
    this.addSql('alter table plan drop constraint plan_features_check, drop column own_limits');
  }
}
