import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** When subscriptions go to the new version of their plan. */
export type Move = 'renewal' | 'now';

/** How many accounts have a version of each plan now, or have paid for one that follows. */
const users = `select plan.slug, count(distinct holder.account_id)::int as accounts from (
  select account_id, plan_id from subscription
  union all select account_id, plan_id from subscription_period where ends_at > $2) holder
  join plan on plan.id = holder.plan_id where plan.slug = any ($1) group by plan.slug`;

/** How many accounts a change of each of these plans touches, by slug; a plan that nobody has is left out. */
export async function countAccountsOfPlans(
  tx: Transaction,
  slugs: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  const found = await rows<{ slug: string; accounts: number }>(tx, users, [slugs, now.toISOString()]);
  return new Map(found.map(({ slug, accounts }) => [slug, accounts]));
}

const newest = '(select max(plan_version) from plan newest where newest.slug = $1)';
const latest = `(select id from plan where slug = $1 and plan_version = ${newest})`;
const earlier = `(select id from plan where slug = $1 and plan_version < ${newest})`;

const differing = `select plan.plan_version as version from plan where slug = $1 and plan_version < ${newest}
  and (currency || ' ' || cycle) <> (select last.currency || ' ' || last.cycle from plan last where last.id = ${latest})
  and (exists (select from subscription where plan_id = plan.id)
    or exists (select from subscription_period where plan_id = plan.id and ends_at > $2))`;

/** The versions in use whose money is of another currency or cycle, so that nobody can be moved from them. */
export async function unmovableVersions(tx: Transaction, slug: string, now: Date): Promise<number[]> {
  const found = await rows<{ version: number }>(tx, differing, [slug, now.toISOString()]);
  return found.map(({ version }) => version);
}

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
