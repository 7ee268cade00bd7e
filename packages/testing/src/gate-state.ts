import type { TestApp } from './app.ts';
import type { GateState } from './truth.ts';

/** Puts the account of a world in a state, and lets the API forget what it remembers of it. */
export async function enterState(app: TestApp, accountId: string, state: GateState): Promise<void> {
  await app.database.query('update account set status = $2 where id = $1', [accountId, state.account]);
  await app.database.query(
    `update subscription set status = $2, period_start = now() - interval '60 days',
     period_end = now() + make_interval(secs => $3) where account_id = $1`,
    [accountId, state.subscription, state.endsInSeconds],
  );
  await app.database.query("update plan set state = $1 where slug = 'unthrottled'", [
    state.plan ?? 'unlisted',
  ]);
  app.api.authentication.accessCache.forget();
}
