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
