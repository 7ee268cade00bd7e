import { Migration } from '@mikro-orm/migrations';
import { restrictivePolicies } from './restrictive-policies.ts';

const limitTable = `create table credit_limit (
  account_id uuid not null references account (id), id uuid not null, site_id uuid, key_id uuid,
  credits_per_day_max bigint not null check (credits_per_day_max >= 0), day date not null,
  used bigint not null default 0 check (used >= 0), primary key (account_id, id),
  check (num_nonnulls(site_id, key_id) = 1 and id = coalesce(site_id, key_id)),
  foreign key (account_id, site_id) references site (account_id, id),
  foreign key (account_id, key_id) references api_key (account_id, id))`;

/** How much a site or a key may spend in a day, counted under the lock of the balance; and when a low balance is told. */
export class Migration0014SpendingLimits extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(limitTable);
    for (const statement of restrictivePolicies('credit_limit')) this.addSql(statement);
    this.addSql('grant select, insert, update, delete on credit_limit to tenantry_api');
    this.addSql('grant select, update on credit_limit to tenantry_admin, tenantry_worker');
    this.addSql('alter table credit_hold add column key_id uuid');
    this.addSql(`alter table credit_hold add constraint credit_hold_key
      foreign key (account_id, key_id) references api_key (account_id, id) not valid`);
    this.addSql('alter table credit_hold validate constraint credit_hold_key');
    this.addSql("alter table credit_balance add column low_balance_thresholds jsonb not null default '[]'");
    this.addSql('grant insert on outbox_message to tenantry_worker');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('revoke insert on outbox_message from tenantry_worker');
    this.addSql('alter table credit_balance drop column low_balance_thresholds');
    this.addSql('alter table credit_hold drop constraint credit_hold_key, drop column key_id');
    this.addSql('drop table credit_limit');
  }
}
