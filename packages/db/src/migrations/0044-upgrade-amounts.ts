import { Migration } from '@mikro-orm/migrations';

/**
 * What an upgrade takes off its price in money: credits that are missing when it is paid are counted at this worth. The few
 * accounts whose clock is ahead are found by an index.
 */
export class Migration0044UpgradeAmounts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table upgrade_credit add column amount bigint not null default 0 check (amount >= 0)');
    this.addSql(`update upgrade_credit set amount = -coalesce((select sum((line ->> 'amount')::bigint)
      from invoice, jsonb_array_elements(invoice.lines) as line where invoice.account_id = upgrade_credit.account_id
      and invoice.id = upgrade_credit.invoice_id and (line ->> 'amount')::bigint < 0), 0)`);
    this.addSql('alter table upgrade_credit alter column amount drop default');
    this.addSql('create index account_ahead on account (id) where ahead_milliseconds > 0');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop index account_ahead');
    this.addSql('alter table upgrade_credit drop column amount');
  }
}
