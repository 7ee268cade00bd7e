import type { PlanCycle, PlanState } from '@tenantry/domain/plans';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** A version of a plan with how many accounts are on it. */
export interface PlanVersionRow {
  slug: string;
  version: number;
  name: string;
  state: PlanState;
  internal: boolean;
  amount: number;
  currency: string;
  cycle: PlanCycle;
  credits: number;
  /** The version that its accounts renew; null for itself. */
  renewsAs: number | null;
  /** RFC 3339; null for a version that is older than this column. */
  createdAt: string | null;
  accounts: number;
}

/**
 * The plan of an account is that of the paid period which began last, as far as the subscription does not know it yet. Most
 * accounts have no such period, so those are looked for, and not the others.
 */
const begun = `select distinct on (paid.account_id) paid.account_id, paid.plan_id
  from subscription_period paid join subscription on subscription.account_id = paid.account_id
  where paid.starts_at > subscription.period_start and paid.starts_at <= $1
  order by paid.account_id, paid.starts_at desc`;

const versions = `with begun as materialized (${begun}),
  on_plan as (select coalesce(begun.plan_id, subscription.plan_id) as plan_id, count(*)::int as accounts
    from subscription left join begun on begun.account_id = subscription.account_id group by 1)
  select plan.slug, plan.plan_version as version, plan.name, plan.state, plan.internal, plan.price_amount::float8 as amount,
    plan.currency, plan.cycle, plan.included_credits::float8 as credits, renewed.plan_version as "renewsAs",
    to_char(plan.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
    coalesce(on_plan.accounts, 0) as accounts
  from plan left join plan renewed on renewed.id = plan.renews_as left join on_plan on on_plan.plan_id = plan.id
  order by plan.slug, plan.plan_version desc`;

/** Every version of every plan with the accounts that are on it now, whatever their standing; by name, newest first. */
export function listPlanVersions(tx: Transaction, now: Date): Promise<PlanVersionRow[]> {
  return rows<PlanVersionRow>(tx, versions, [now.toISOString()]);
}
