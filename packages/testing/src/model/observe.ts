import pg from 'pg';
import type { ModelGrant, ModelHold } from './model.ts';

/** What is stored of an account's credits, in one snapshot. Amounts are texts, because they may exceed a number. */
export interface Observed {
  figures: Record<'granted' | 'available' | 'held' | 'spent' | 'expired' | 'sequence', string>;
  headHash: string;
  /** When the next month is to be granted. */
  nextGrantAt: number | null;
  periods: { id: string; planId: string; startsAt: number; endsAt: number; months: number }[];
  grants: {
    id: string;
    kind: ModelGrant['kind'];
    free: string;
    held: string;
    endsAt: number | null;
    reference: string;
  }[];
  holds: (Pick<
    ModelHold,
    'id' | 'status' | 'endsAt' | 'operation' | 'siteId' | 'isEstimated' | 'madeAt' | 'settledAt'
  > & {
    amount: string;
    paid: string;
    parts: { grantId: string; amount: number }[];
  })[];
  journal: Record<string, string | null>;
  resolutions: { id: string; held: string; left: string; spent: string; ways: number }[];
  limits: { siteId: string; max: string | null; day: number; amount: string }[];
  calls: { place: string; fingerprint: string; body: string | null; endsAt: number }[];
}

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const movedInto = (book: string) =>
  `'${book}', (coalesce(sum(amount) filter (where to_book = '${book}'), 0)
    - coalesce(sum(amount) filter (where from_book = '${book}'), 0))::text`;

const snapshot = `select account_id as "accountId", json_build_object('granted', granted::text, 'available', available::text, 'held', held::text,
    'spent', spent::text, 'expired', expired::text, 'sequence', sequence::text) as figures, head_hash as "headHash",
  ${milliseconds('next_grant_at')} as "nextGrantAt",
  (select coalesce(json_agg(json_build_object('id', id, 'planId', plan_id, 'startsAt', ${milliseconds('starts_at')},
    'endsAt', ${milliseconds('ends_at')}, 'months', months)), '[]') from subscription_period where account_id = b.account_id) as periods,
  (select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'free', available::text, 'held', held::text, 'reference', reference,
    'endsAt', ${milliseconds('expires_at')}) order by id), '[]') from credit_grant where account_id = b.account_id) as grants,
  (select coalesce(json_agg(json_build_object('id', id, 'status', status, 'amount', amount::text, 'operation', operation,
    'siteId', site_id, 'isEstimated', estimated, 'madeAt', ${milliseconds('created_at')},
    'settledAt', case when status = 'settled' then ${milliseconds('resolved_at')} end, 'paid', coalesce(settled_amount, 0)::text, 'endsAt', ${milliseconds('expires_at')}, 'parts', backings)
    order by id), '[]') from credit_hold where account_id = b.account_id) as holds,
  (select json_build_object('entries', count(*)::text, 'last', coalesce(max(sequence), 0)::text,
    'lowest', least(min(available_after), 0)::text, 'availableAfter', (array_agg(available_after order by sequence desc))[1]::text,
    'headHash', (array_agg(hash order by sequence desc))[1], ${['available', 'held', 'spent', 'expired'].map(movedInto).join(', ')},
    'granted', (coalesce(sum(amount) filter (where from_book = 'granted'), 0)
      - coalesce(sum(amount) filter (where to_book = 'granted'), 0))::text)
    from ledger_entry where account_id = b.account_id) as journal,
  (select coalesce(json_agg(r), '[]') from (select hold_id as id, coalesce(sum(amount) filter (where to_book = 'held'), 0)::text as held,
    coalesce(sum(amount) filter (where from_book = 'held'), 0)::text as left,
    (coalesce(sum(amount) filter (where to_book = 'spent'), 0)
      - coalesce(sum(amount) filter (where from_book = 'spent' and kind = 'true_up'), 0))::text as spent,
    count(distinct kind) filter (where kind in ('settle', 'release', 'hold_expiry')) as ways
    from ledger_entry where account_id = b.account_id and hold_id is not null group by hold_id) r) as resolutions,
  (select coalesce(json_agg(json_build_object('siteId', site_id, 'max', credits_per_day_max::text, 'amount', used::text,
    'day', day - date '1970-01-01')), '[]') from credit_limit where account_id = b.account_id) as limits,
  (select coalesce(json_agg(json_build_object('place', procedure || ' ' || key, 'fingerprint', fingerprint, 'body', body,
    'endsAt', ${milliseconds('expires_at')})), '[]') from idempotency_record where account_id = b.account_id) as calls
  from credit_balance b where account_id = any ($1)`;

/** Reads everything that is stored of some accounts' credits in one query, and answers it by account. */
export type Observe = (accountIds: readonly string[]) => Promise<ReadonlyMap<string, Observed>>;

/** Opens a connection that sees every account and keeps the query prepared. */
export async function openObserver(url: string): Promise<{ observe: Observe; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const observe: Observe = async (accountIds) => {
    const query = { name: 'observe', text: snapshot, values: [accountIds] };
    const { rows } = await client.query<Observed & { accountId: string }>(query);
    return new Map(rows.map((row) => [row.accountId, row]));
  };
  return { observe, close: () => client.end() };
}
