import { Migration } from '@mikro-orm/migrations';
import { context } from './restrictive-policies.ts';

const isSystem = `exists (select 1 from account where id = ${context.account} and system)`;

/**
 * What a system account is given: the platform's figures, and nothing else. The flag itself is out of the reach of
 * every process that serves requests.
 */
export class Migration0008SystemAccounts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const role of ['tenantry_api', 'tenantry_admin']) {
      this.addSql(`revoke update on account from ${role}`);
      this.addSql(
        `grant update (name, status, status_reason, payment_method, version) on account to ${role}`,
      );
    }
    this.addSql('revoke update on account from tenantry_worker');
    this.addSql(`create policy account_no_system on account as restrictive for insert
      to tenantry_api, tenantry_admin, tenantry_worker with check (not system)`);
    this.addSql(
      'create table platform_metric (name text primary key, value bigint not null, measured_at timestamptz not null)',
    );
    this.addSql('alter table platform_metric enable row level security');
    this.addSql('alter table platform_metric force row level security');
    this.addSql(
      `create policy platform_metric_system on platform_metric for select to tenantry_api using (${isSystem})`,
    );
    this.addSql(
      'create policy platform_metric_worker on platform_metric to tenantry_worker using (true) with check (true)',
    );
    this.addSql('grant select on platform_metric to tenantry_api');
    this.addSql('grant select, insert, update on platform_metric to tenantry_worker');
    this.addSql('grant select on subscription, site, api_key to tenantry_worker');
    this.addSql('grant select, insert, update on sign_in_guard to tenantry_admin');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('revoke select, insert, update on sign_in_guard from tenantry_admin');
    this.addSql('revoke select on subscription, site, api_key from tenantry_worker');
    this.addSql('drop table platform_metric');
    this.addSql('drop policy account_no_system on account');
    this.addSql('grant update on account to tenantry_api, tenantry_admin, tenantry_worker');
  }
}
