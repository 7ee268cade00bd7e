import { newId } from '@tenantry/db/ids';
import type { TestApp } from './app.ts';

/**
 * Puts an account on the plan without limits, paid for twenty days, and lets the API forget what it remembers of it.
 */
export async function unthrottle(app: TestApp, accountId: string): Promise<void> {
  await app.database.query(
    `update subscription set plan_id = (select id from plan where slug = 'unthrottled'), status = 'active',
     period_end = now() + interval '20 days' where account_id = $1`,
    [accountId],
  );
  app.api.authentication.accessCache.forget();
}

/** Lists the plan `free`, which costs nothing and brings 100 credits each month. */
export async function addFreePlan(app: TestApp): Promise<void> {
  await app.database.query(
    `insert into plan (id, slug, plan_version, name, state, currency, cycle, included_credits, users_max, sites_max,
      sectors_per_site_max, api_keys_max, throttle_rates, rollover_credits_max, price_amount, grace_days)
      select $1, 'free', 1, 'Free', 'listed', 'USD', 'monthly', 100, 1, 2, 1, 1, throttle_rates, 0, 0, 7 from plan where slug = 'trial'`,
    [newId()],
  );
}
