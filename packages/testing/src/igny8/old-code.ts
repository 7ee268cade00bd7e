import { randomUUID } from 'node:crypto';
import type { OldProduct } from './database.ts';

/** What the old code did while something else happened. */
export interface OldTraffic {
  statements: number;
  /** How long the slowest statement took. */
  longestMilliseconds: number;
  faults: string[];
}

// The statements as the framework of the old product writes them: every column that it knows by name, and no other.
const columns = `id, tenant_id, stripe_subscription_id, status, current_period_start, current_period_end,
  cancel_at_period_end, created_at, updated_at`;
const readOne = `select ${columns} from igny8_subscriptions where stripe_subscription_id = $1 limit 21`;
const saveOne = `update igny8_subscriptions set tenant_id = $1, stripe_subscription_id = $2, status = 'active',
  cancel_at_period_end = false, updated_at = now() where id = $3`;
const newAccount = `insert into igny8_tenants (name, slug, stripe_customer_id, plan_id, credits, status, owner_id, created_at, updated_at)
  values ('New', $1, null, 1, 0, 'active', 1, now(), now()) returning id`;
const newSubscription = `insert into igny8_subscriptions (tenant_id, stripe_subscription_id, status, current_period_start,
  current_period_end, cancel_at_period_end, created_at, updated_at)
  values ($1, $2, 'active', now(), now() + interval '1 month', false, now(), now())`;
const spendCredits = 'update igny8_tenants set credits = credits + 1, updated_at = now() where id = $1';

/** Runs the statements of the old code on several connections, on rows that are there and new ones, until it is told to stop. */
export async function runOldCode(product: OldProduct, rowCount: number, connections = 3) {
  const traffic: OldTraffic = { statements: 0, longestMilliseconds: 0, faults: [] };
  const stop = new AbortController();
  const clients = await Promise.all(Array.from({ length: connections }, () => product.connect()));
  const work = clients.map(async (client, worker) => {
    const send = async (sql: string, values: unknown[]) => {
      const begun = performance.now();
      const { rows } = await client.query<{ id: string }>(sql, values);
      traffic.longestMilliseconds = Math.max(traffic.longestMilliseconds, performance.now() - begun);
      traffic.statements += 1;
      return rows[0]?.id;
    };
    for (let round = 0; !stop.signal.aborted; round += 1) {
      const known = 1 + ((round * 7 + worker * 131) % rowCount);
      const name = randomUUID();
      try {
        await send(readOne, [`sub_${known}`]);
        await send(saveOne, [known, `sub_${known}`, known]);
        await send(spendCredits, [known]);
        await send(newSubscription, [await send(newAccount, [name]), `sub_${name}`]);
      } catch (fault) {
        traffic.faults.push(String(fault));
      }
    }
    await client.end();
  });
  return {
    stop: async (): Promise<OldTraffic> => {
      stop.abort();
      await Promise.all(work);
      return traffic;
    },
  };
}
