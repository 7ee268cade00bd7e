import { Migration } from '@mikro-orm/migrations';

/**
 * What a plan says of its credits: how many of a month the next one keeps, and when purchased ones end. The balance
 * knows when the next month of a paid period is due, so that whoever takes its lock sees it without another read.
 */
export class Migration0013PlanCredits extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`alter table plan add column rollover_credits_max bigint not null default 0 check (rollover_credits_max >= 0),
      add column purchase_days int check (purchase_days > 0)`);
    this.addSql('alter table credit_balance add column next_grant_at timestamptz');
    this.addSql(
      'create index credit_balance_due on credit_balance (next_grant_at) where next_grant_at is not null',
    );
    // Running annual periods have had their first month.
    this.addSql(`update credit_balance balance set next_grant_at = subscription.period_start + interval '1 month'
      from subscription join plan on plan.id = subscription.plan_id
      where subscription.account_id = balance.account_id and plan.cycle = 'annual' and subscription.status = 'active'
        and subscription.period_start + interval '1 month' < subscription.period_end`);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table credit_balance drop column next_grant_at');
    this.addSql('alter table plan drop column rollover_credits_max, drop column purchase_days');
  }
}
