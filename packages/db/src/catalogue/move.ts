import type { HeldVersion } from '@tenantry/domain/catalogue/changes';
import type { PlanCycle } from '@tenantry/domain/plans';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** When subscriptions go to the new version of their plan. */
export type Move = 'renewal' | 'now';

/** Who has a plan now, or has paid for it: each account once, and by version. */
export interface PlanHolders {
  accounts: number;
  /** Oldest first. */
  versions: HeldVersion[];
}

/** A row without a version is that of the whole plan: an account may have one version and have paid for another. */
const holders = `select plan.slug, plan.plan_version as version, plan.currency, plan.cycle, plan.price_amount = 0 as "isFree",
    count(distinct holder.account_id)::int as accounts
  from (select account_id, plan_id from subscription
    union all select account_id, plan_id from subscription_period where ends_at > $2) holder
  join plan on plan.id = holder.plan_id where plan.slug = any ($1)
  group by grouping sets ((plan.slug), (plan.slug, plan.plan_version, plan.currency, plan.cycle, plan.price_amount = 0))
  order by plan.slug, plan.plan_version`;

interface HolderRow {
  slug: string;
  version: number | null;
  currency: string;
  cycle: PlanCycle;
  isFree: boolean;
  accounts: number;
}

/** Who has each of these plans, by slug; a plan that nobody has is left out. */
export async function holdersOfPlans(
  tx: Transaction,
  slugs: readonly string[],
  now: Date,
): Promise<Map<string, PlanHolders>> {
  const found = await rows<HolderRow>(tx, holders, [slugs, now.toISOString()]);
  const versionsOf = (plan: string) =>
    found.flatMap(({ slug, version, ...held }) =>
      slug === plan && version !== null ? [{ version, ...held }] : [],
    );
  return new Map(
    found
      .filter(({ version }) => version === null)
      .map(({ slug, accounts }) => [slug, { accounts, versions: versionsOf(slug) }]),
  );
}

const newest = '(select max(plan_version) from plan newest where newest.slug = $1)';
const latest = `(select id from plan where slug = $1 and plan_version = ${newest})`;
const earlier = `(select id from plan where slug = $1 and plan_version < ${newest})`;

// The lock order of a change: the account first.
const lockAccounts = `select id from account where id in (
  select account_id from subscription where plan_id in ${earlier}
  union select account_id from subscription_period where plan_id in ${earlier}) order by id for no key update`;
/** The periods that a subscription reads: what ran when it was last written, and what follows. */
const movePeriods = `update subscription_period paid set plan_id = ${latest} from subscription
  where subscription.account_id = paid.account_id and paid.starts_at >= subscription.period_start and paid.plan_id in ${earlier}`;
const moveSubscriptions = `update subscription set plan_id = ${latest}, version = version + 1 where plan_id in ${earlier}`;
const renewAsLatest = `update plan set renews_as = ${latest} where slug = $1 and plan_version < ${newest}`;

/** Moves every account on an earlier version of a plan to the newest: at its next renewal, or now. */
export async function moveAccounts(tx: Transaction, slug: string, move: Move): Promise<void> {
  await rows(tx, renewAsLatest, [slug]);
  if (move === 'renewal') return;
  for (const sql of [lockAccounts, movePeriods, moveSubscriptions]) await rows(tx, sql, [slug]);
}
