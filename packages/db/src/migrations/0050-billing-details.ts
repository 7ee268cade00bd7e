import { Migration } from '@mikro-orm/migrations';

/**
 * What an account says of itself for its invoices: legal name, address, country, tax id, e-mail address. Its members alone
 * change it. Invoices that are there keep their customer as it was.
 */
export class Migration0050BillingDetails extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`alter table account add column billing_details jsonb,
      add constraint account_billing_details_check check (billing_details ?& array['legalName', 'address', 'country', 'taxId', 'email'])`);
    this.addSql('grant update (billing_details) on account to tenantry_api');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`do $$ begin
      if exists (select from account where billing_details is not null) then
        raise exception 'accounts have billing details, for which the schema before has no place';
      end if;
    end $$`);
    this.addSql('alter table account drop column billing_details');
  }
}
