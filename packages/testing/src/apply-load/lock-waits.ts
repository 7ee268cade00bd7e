import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** Sessions of the API that wait for a lock which the owner of the schema holds. */
const waiting = `select count(*)::int as waiting from pg_stat_activity waiter
  where waiter.usename = 'tenantry_api' and waiter.wait_event_type = 'Lock' and exists (
    select from unnest(pg_blocking_pids(waiter.pid)) blocking join pg_stat_activity holder on holder.pid = blocking
    where holder.usename = 'tenantry_owner')`;
const pauseMilliseconds = 10;

/** Looks over and over, as the superuser, whether the API waits for a lock of an apply. `stop` answers how often it did. */
export async function watchLockWaits(
  superuserUrl: string,
): Promise<{ stop(): Promise<{ looks: number; waits: number }> }> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  let [isOver, looks, waits] = [false, 0, 0];
  const watching = (async () => {
    while (!isOver) {
      const [row] = (await client.query<{ waiting: number }>(waiting)).rows;
      looks += 1;
      waits += row?.waiting ?? 0;
      await wait(pauseMilliseconds);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await watching;
      await client.end();
      return { looks, waits };
    },
  };
}
