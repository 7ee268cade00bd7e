import { Migration } from '@mikro-orm/migrations';
import { isolationStatements, tenantTable } from './isolation-policies.ts';

const table = `create table subscription_period (
  account_id uuid not null references account (id), id uuid not null, plan_id uuid not null references plan (id),
  anchor_at timestamptz not null, starts_at timestamptz not null, ends_at timestamptz not null,
  months int not null check (months > 0), payment_id uuid, created_at timestamptz not null,
  primary key (account_id, id), check (anchor_at <= starts_at and starts_at <= ends_at),
  foreign key (account_id, payment_id) references payment (account_id, id))`;

const isolation = tenantTable('subscription_period', {
  api: ['select'],
  admin: ['select', 'insert', 'update'],
  worker: ['select'],
});

/** Of a period that was paid before, only an annual one has months to come; where it ends stays as it is. */
const runningPeriods = `insert into subscription_period
  (account_id, id, plan_id, anchor_at, starts_at, ends_at, months, created_at)
  select subscription.account_id, gen_random_uuid(), plan_id, period_start, period_start, period_end,
    case cycle when 'annual' then greatest(1, extract(year from age(period_end, period_start))::int * 12
      + extract(month from age(period_end, period_start))::int) else 1 end, period_start
  from subscription join plan on plan.id = subscription.plan_id
  where subscription.status in ('active', 'past_due', 'cancelled', 'expired') and plan.price_amount > 0`;

/** Plan credits of the last month that was paid last through grace. */
const graceOfRunningGrants = `update credit_grant grant_row
  set expires_at = subscription.period_end + make_interval(days => plan.grace_days)
  from subscription join plan on plan.id = subscription.plan_id
  where grant_row.account_id = subscription.account_id and grant_row.kind = 'plan'
    and grant_row.expires_at = subscription.period_end and grant_row.available + grant_row.held > 0
    and subscription.status in ('active', 'past_due')`;

/** What was bought: one row for each paid period, the ones that have not begun included. */
export class Migration0018PaidPeriods extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(table);
    this.addSql('create index subscription_period_end on subscription_period (account_id, ends_at)');
    for (const sql of isolationStatements(isolation)) this.addSql(sql);
    this.addSql(`create trigger subscription_period_access after insert or update on subscription_period
      for each row execute function notify_access_change('account', 'account_id')`);
    this.addSql('alter table subscription add column anchor_at timestamptz');
    this.addSql(runningPeriods);
    this.addSql(`update subscription set anchor_at = period_start
      where exists (select from subscription_period paid where paid.account_id = subscription.account_id)`);
    this.addSql(graceOfRunningGrants);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table subscription drop column anchor_at');
    this.addSql('drop table subscription_period');
  }
}
