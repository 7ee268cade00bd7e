import { rows } from '../sql.ts';
import type { AccountTransaction, Transaction } from '../transaction.ts';

/** One figure of the whole platform: accounts, sites, API keys, whole credits or messages. */
export interface PlatformMetric {
  name: string;
  value: number;
  measuredAt: Date;
}

const measure = `insert into platform_metric (name, value, measured_at)
select name, value, $1::timestamptz from (
  select 'accounts.' || status as name, count(*) as value from account group by status
  union all select 'subscriptions.' || status, count(*) from subscription group by status
  union all select 'sites.live', count(*) from site where deleted_at is null
  union all select 'api_keys.live', count(*) from api_key where revoked_at is null
  union all select 'holds.open', count(*) from credit_hold where status = 'open'
  union all select 'messages.unsent', count(*) from outbox_message where sent_at is null and queued_at is not null
  union all select 'credits.available', coalesce(sum(available), 0) from credit_balance
  union all select 'credits.held', coalesce(sum(held), 0) from credit_balance
  union all select 'credits.spent', coalesce(sum(spent), 0) from credit_balance
) figures
on conflict (name) do update set value = excluded.value, measured_at = excluded.measured_at`;

// A state that nobody is in any more is in no group; its figure is from an earlier time, and is none.
const empty = 'update platform_metric set value = 0, measured_at = $1::timestamptz where measured_at < $1';

/** Counts the whole platform, as the worker, which sees every row. */
export async function measurePlatform(tx: Transaction, now: Date): Promise<void> {
  const moment = now.toISOString();
  await rows(tx, measure, [moment]);
  await rows(tx, empty, [moment]);
}

/** The figures as last measured; row security shows them to a system account alone. */
export async function listPlatformMetrics(tx: AccountTransaction): Promise<PlatformMetric[]> {
  const metrics = await rows<{ name: string; value: string; measured_at: Date }>(
    tx,
    'select name, value::text, measured_at from platform_metric order by name',
  );
  return metrics.map((row) => ({
    name: row.name,
    value: Number(row.value),
    measuredAt: new Date(row.measured_at),
  }));
}
