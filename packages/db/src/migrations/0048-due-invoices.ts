import { Migration } from '@mikro-orm/migrations';

/** Finds the invoices that are due with exactly an amount, which a line of a bank statement brings. */
export class Migration0048DueInvoices extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`create index invoice_due on invoice (currency, (amount - amount_paid))
      where status in ('open', 'partially_paid')`);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop index invoice_due');
  }
}
