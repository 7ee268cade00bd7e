import { Migration } from '@mikro-orm/migrations';
import { restrictivePolicies } from './restrictive-policies.ts';

const backingTable = `create table credit_backing (
  account_id uuid not null, hold_id uuid not null, grant_id uuid not null, amount bigint not null check (amount > 0),
  primary key (account_id, hold_id, grant_id),
  foreign key (account_id, hold_id) references credit_hold (account_id, id),
  foreign key (account_id, grant_id) references credit_grant (account_id, id))`;

/**
 * A hold keeps what backs it in its own row, and an entry the facts that explain it: the hottest path writes one row
 * less. A hold may be settled above its amount where the caller allows it.
 */
export class Migration0009LedgerFacts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql("alter table credit_hold add column backings jsonb not null default '[]'");
    this.addSql(`update credit_hold hold set backings = parts.backings from (
      select account_id, hold_id, jsonb_agg(jsonb_build_object('grantId', grant_id, 'amount', amount)) as backings
      from credit_backing group by account_id, hold_id) parts
      where parts.account_id = hold.account_id and parts.hold_id = hold.id`);
    this.addSql('drop table credit_backing');
    this.addSql('alter table credit_hold drop constraint credit_hold_check');
    this.addSql(
      'alter table credit_hold add constraint credit_hold_settled_amount_check check (settled_amount >= 0)',
    );
    this.addSql("alter table ledger_entry add column facts jsonb not null default '{}'");
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(backingTable);
    this.addSql(`insert into credit_backing select hold.account_id, hold.id, (part->>'grantId')::uuid, (part->>'amount')::bigint
      from credit_hold hold, jsonb_array_elements(hold.backings) part`);
    for (const statement of restrictivePolicies('credit_backing')) this.addSql(statement);
    this.addSql('grant select, insert on credit_backing to tenantry_api, tenantry_admin, tenantry_worker');
    this.addSql('alter table credit_hold drop column backings');
    this.addSql('alter table credit_hold drop constraint credit_hold_settled_amount_check');
    this.addSql(`alter table credit_hold add constraint credit_hold_check
      check (settled_amount >= 0 and settled_amount <= amount) not valid`);
    this.addSql('alter table ledger_entry drop column facts');
  }
}
