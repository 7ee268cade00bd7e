import { Migration } from '@mikro-orm/migrations';

const mayDelete = ['api', 'worker'] as const;

/**
 * Credits that are owed follow from the grants that were taken back: a hold that is released later lowers them. A period
 * knows the invoice that it was bought with, since a balance can pay one without a payment of its own. A period of a plan
 * that costs nothing was not bought, so whoever changes the plan takes it away.
 */
export class Migration0052OwedByGrant extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`alter table owed_credit add column grant_id uuid, drop constraint owed_credit_amount_check,
      add constraint owed_credit_amount_check check (amount > 0 or (amount = 0 and grant_id is not null)),
      add constraint owed_credit_grant check (grant_id is null or kind = 'owed'),
      add foreign key (account_id, grant_id) references credit_grant (account_id, id)`);
    this.addSql(
      'create unique index owed_credit_of_grant on owed_credit (account_id, grant_id) where grant_id is not null',
    );
    this.addSql('alter table subscription_period add column invoice_id uuid');
    this.addSql(`update subscription_period paid set invoice_id = payment.invoice_id from payment
      where payment.account_id = paid.account_id and payment.id = paid.payment_id`);
    for (const role of mayDelete) {
      const own = role === 'api' ? 'account_id = current_account_id() and ' : '';
      this.addSql(`grant delete on subscription_period to tenantry_${role}`);
      this.addSql(`create policy subscription_period_${role}_delete on subscription_period for delete to tenantry_${role}
        using (${own}payment_id is null and invoice_id is null)`);
    }
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const role of mayDelete) {
      this.addSql(`drop policy subscription_period_${role}_delete on subscription_period`);
      this.addSql(`revoke delete on subscription_period from tenantry_${role}`);
    }
    this.addSql('alter table subscription_period drop column invoice_id');
    // What was held then and is not spent yet has no amount in the schema before.
    this.addSql('delete from owed_credit where amount = 0');
    // The constraints that name the column go with it.
    this.addSql('alter table owed_credit drop column grant_id');
    this.addSql(`alter table owed_credit
      add constraint owed_credit_amount_check check (amount > 0)`);
  }
}
