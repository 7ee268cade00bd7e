import {
  accountsWithPlans,
  boundsOf,
  graceEnd,
  mayHaveLongerGrace,
  planFacts,
  standingAt,
} from '../staff/standing.ts';
import { rfc3339, rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** How many rows of each kind the overview names. */
const itemsMax = 5;
/** How many refused changes are counted. */
const refusalsMax = 100;

const transfers = `select currency, sum(amount)::float8 as amount, count(*)::int as count, ${rfc3339('min(created_at)')} as "oldestAt"
from payment where status = 'pending_approval' group by currency order by currency`;

/** The payments that wait for staff, by currency. */
export function waitingTransfers(tx: Transaction) {
  return rows<{ currency: string; amount: number; count: number; oldestAt: string }>(tx, transfers);
}

/** Rows with how many there are, of which the first are answered. */
type Counted<Row> = Row & { total: number };

const inGrace = `select account.id as "accountId", account.name as "accountName", ${rfc3339(graceEnd)} as until,
(count(*) over ())::int as total ${accountsWithPlans('$1')}
where not account.sandbox and account.status = any($2::text[]) and subscription.status = any($3::text[])
and (subscription.ends_at > $4 or ${mayHaveLongerGrace}) and subscription.ends_at <= $5
and (${standingAt('$1')}) = 'grace' order by ${graceEnd}, account.id limit ${itemsMax}`;

/** The accounts in grace, those whose grace ends first. */
export async function accountsInGrace(tx: Transaction, now: Date) {
  const bounds = boundsOf('grace', now, await planFacts(tx));
  return rows<Counted<{ accountId: string; accountName: string; until: string }>>(tx, inGrace, [
    now.toISOString(),
    bounds.accountStatuses,
    bounds.statuses,
    bounds.endsAfter?.toISOString(),
    bounds.endsBy?.toISOString(),
  ]);
}

const isFailing =
  "failing_since is not null and deleted_at is null and disabled_reason is distinct from 'asked'";
const webhooks = `select endpoint.*, account.name as "accountName", (count(*) over ())::int as total from (
  select id as "endpointId", account_id as "accountId", url, ${rfc3339('failing_since')} as "failingSince", enabled
    from webhook_endpoint where ${isFailing}
  union all select id, null, url, ${rfc3339('failing_since')}, enabled from operator_webhook_endpoint where ${isFailing}) endpoint
left join account on account.id = endpoint."accountId" order by "failingSince", "endpointId" limit ${itemsMax}`;

/** A webhook endpoint whose attempts fail. Its address may hold a secret, of which the host is none. */
export interface FailingEndpoint {
  endpointId: string;
  /** Null for an endpoint of the operator's own. */
  accountId: string | null;
  accountName: string | null;
  url: string;
  failingSince: string;
  enabled: boolean;
}

/** The webhook endpoints whose attempts fail, those that fail longest. */
export function failingEndpoints(tx: Transaction) {
  return rows<Counted<FailingEndpoint>>(tx, webhooks);
}

const lowCredit = `select low.account_id as "accountId", account.name as "accountName", balance.available::float8 as available,
${rfc3339('low.since')} as since, (select count(*) from low_credit_account)::int as total
from (select account_id, since from low_credit_account order by since desc, account_id limit ${itemsMax}) low
join account on account.id = low.account_id join credit_balance balance on balance.account_id = low.account_id
order by low.since desc, low.account_id`;

/** The accounts that the worker found to have few credits, the newest of these. */
export function lowCreditAccounts(tx: Transaction) {
  return rows<Counted<{ accountId: string; accountName: string; available: number; since: string }>>(
    tx,
    lowCredit,
  );
}

const refusals = `select ${rfc3339('event.at')} as at, event.actor, staff.email, event.action, event.facts ->> 'refused' as code,
(count(*) over ())::int as total from (select at, actor, action, facts, id from security_event
  where (facts ->> 'refused') is not null and at > $1 order by id desc limit ${refusalsMax}) event
left join staff on event.actor = 'staff:' || staff.id order by event.id desc limit ${itemsMax}`;

/** The refused changes of staff since a time, the newest first; at most 100 are counted. */
export function refusedChanges(tx: Transaction, since: Date) {
  return rows<Counted<{ at: string; actor: string; email: string | null; action: string; code: string }>>(
    tx,
    refusals,
    [since.toISOString()],
  );
}
