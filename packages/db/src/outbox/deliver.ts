import type { AttemptOutcome, DisabledReason } from '@tenantry/domain/outbox/delivery';
import type { MessageType } from '@tenantry/domain/outbox/messages';
import { newId } from '../ids.ts';
import { rows, statement } from '../sql.ts';
import type { AccountTransaction, Transaction } from '../transaction.ts';

/** A queue that a worker has taken until its lease ends, with where its messages go. */
export interface LeasedQueue {
  accountId: string;
  endpointId: string;
  isOperators: boolean;
  /** Whether messages are still sent to the endpoint. */
  isEnabled: boolean;
  lease: string;
  url: string;
  secret: string;
  /** The secret before the last rotation, while it still signs. */
  previousSecret: string | null;
}

/** A message of a queue, in its order. */
export interface QueuedMessage {
  deliveryId: string;
  messageId: string;
  type: MessageType;
  body: string;
  attempts: number;
  /** From when on it was tried. */
  since: Date;
}

/** Which queues to take, and for how long. */
export interface Claim {
  now: Date;
  leaseSeconds: number;
  queuesMax: number;
}

/** `next_attempt_at` is the end of the lease while a queue is taken: what a dead worker had is due again then. */
const take = `update webhook_queue queue set next_attempt_at = $1::timestamptz + make_interval(secs => $2), lease = $4::uuid
  from due where queue.account_id = due.account_id and queue.endpoint_id = due.endpoint_id
  returning queue.account_id, queue.endpoint_id, queue.lease`;

const secrets = `e.enabled as "isEnabled", e.url, e.secret, case when e.previous_secret_until > $1::timestamptz then e.previous_secret end as "previousSecret"`;
const taken = 'taken.account_id as "accountId", taken.endpoint_id as "endpointId", taken.lease';

const claimOwn = statement(
  'outbox_claim_own',
  `with due as materialized (select q.account_id, q.endpoint_id from webhook_queue q
    where q.next_attempt_at <= $1::timestamptz and q.own_endpoint_id is not null and q.is_suspect = $5
    order by q.next_attempt_at limit $3 for update skip locked),
  taken as (${take})
  select ${taken}, false as "isOperators", ${secrets}
  from taken join webhook_endpoint e on e.account_id = taken.account_id and e.id = taken.endpoint_id`,
);

const claimOperators = statement(
  'outbox_claim_operators',
  `with due as materialized (select q.account_id, q.endpoint_id from webhook_queue q
    where q.next_attempt_at <= $1::timestamptz and q.operator_endpoint_id = $5::uuid
    order by q.next_attempt_at limit $3 for update skip locked),
  taken as (${take})
  select ${taken}, true as "isOperators", ${secrets}
  from taken join operator_webhook_endpoint e on e.id = taken.endpoint_id`,
);

/** Takes queues of accounts' own endpoints that are due: the healthy ones, or those whose last attempt failed or was slow. */
export function claimOwnQueues(
  tx: Transaction,
  { now, leaseSeconds, queuesMax }: Claim,
  isSuspect: boolean,
): Promise<LeasedQueue[]> {
  return rows(tx, claimOwn, [now.toISOString(), leaseSeconds, queuesMax, newId(), isSuspect]);
}

/** Takes queues of one endpoint of the operator that are due. */
export function claimOperatorQueues(
  tx: Transaction,
  { now, leaseSeconds, queuesMax }: Claim,
  endpointId: string,
): Promise<LeasedQueue[]> {
  return rows(tx, claimOperators, [now.toISOString(), leaseSeconds, queuesMax, newId(), endpointId]);
}

const operatorEndpoints = 'select id from operator_webhook_endpoint where enabled and deleted_at is null';

/** The endpoints of the operator that messages are sent to. */
export async function listOperatorEndpointIds(tx: Transaction): Promise<string[]> {
  return (await rows<{ id: string }>(tx, operatorEndpoints)).map(({ id }) => id);
}

const oldest = statement(
  'outbox_oldest',
  `select one.* from jsonb_to_recordset($1::jsonb) as queue("accountId" uuid, "endpointId" uuid)
  cross join lateral (
    select d.account_id as "accountId", d.endpoint_id as "endpointId", d.id as "deliveryId", d.message_id as "messageId", d.type,
      m.body, d.attempts, (extract(epoch from d.since) * 1000)::float8 as since
    from webhook_delivery d join outbox_message m on m.account_id = d.account_id and m.id = d.message_id
    where d.account_id = queue."accountId" and d.endpoint_id = queue."endpointId" and d.status = 'pending'
    order by d.queued_at, d.message_id limit $2) one`,
);

type FoundMessage = Omit<QueuedMessage, 'since'> &
  Pick<LeasedQueue, 'accountId' | 'endpointId'> & { since: number };

/** The oldest messages of each queue that was taken, in order, at most `messagesMax` of each. */
export async function messagesOfQueues(
  tx: Transaction,
  queues: readonly LeasedQueue[],
  messagesMax: number,
): Promise<Map<string, QueuedMessage[]>> {
  const keys = queues.map(({ accountId, endpointId }) => ({ accountId, endpointId }));
  const found = await rows<FoundMessage>(tx, oldest, [JSON.stringify(keys), messagesMax]);
  const messages = found.map((message) => ({ ...message, since: new Date(message.since) }));
  return Map.groupBy(messages, keyOfQueue);
}

/** The key of a queue in a map. */
export function keyOfQueue({ accountId, endpointId }: Pick<LeasedQueue, 'accountId' | 'endpointId'>): string {
  return `${accountId} ${endpointId}`;
}

/** One attempt as it is written down. */
export interface AttemptRow {
  deliveryId: string;
  messageId: string;
  type: MessageType;
  at: Date;
  outcome: AttemptOutcome;
  status: number | null;
  durationMilliseconds: number;
  answer: string | null;
}

const held =
  'select lease from webhook_queue where account_id = $1 and endpoint_id = $2 and lease = $3::uuid for update';

/** Locks a queue that this worker still holds. Answers false when its lease ended and somebody else took it. */
export async function holdsLease(
  tx: AccountTransaction,
  { accountId, endpointId, lease }: LeasedQueue,
): Promise<boolean> {
  return (await rows(tx, held, [accountId, endpointId, lease])).length === 1;
}

const attempts = `insert into webhook_attempt (account_id, id, delivery_id, endpoint_id, is_operators, message_id, type, at, outcome,
    status, duration_milliseconds, answer)
  select $1::uuid, one.id, one."deliveryId", $2::uuid, $4, one."messageId", one.type, one.at, one.outcome, one.status,
    one."durationMilliseconds", one.answer
  from jsonb_to_recordset($3::jsonb) as one(id uuid, "deliveryId" uuid, "messageId" uuid, type text, at timestamptz, outcome text,
    status int, "durationMilliseconds" int, answer text)`;

/** Counts an attempt of each message, and ends what was delivered or is given up. */
const counted = `update webhook_delivery d set attempts = d.attempts + 1,
    status = one.status, finished_at = case when one.status <> 'pending' then one.at end
  from jsonb_to_recordset($3::jsonb) as one(id uuid, status text, at timestamptz)
  where d.account_id = $1 and d.endpoint_id = $2 and d.id = one.id and d.status = 'pending'`;

/** What became of a message by its attempt. */
export interface CountedDelivery {
  id: string;
  status: 'pending' | 'delivered' | 'failed';
  at: Date;
}

/** Writes down the attempts at one queue, and what became of their messages. The queue is locked. */
export async function recordAttempts(
  tx: AccountTransaction,
  { endpointId, isOperators }: LeasedQueue,
  made: readonly AttemptRow[],
  deliveries: readonly CountedDelivery[],
): Promise<void> {
  const ids = made.map(() => newId()).toSorted();
  const listed = made.map((row, index) => ({ id: ids[index], ...row }));
  await rows(tx, attempts, [tx.accountId, endpointId, JSON.stringify(listed), isOperators]);
  await rows(tx, counted, [tx.accountId, endpointId, JSON.stringify(deliveries)]);
}

/** Gives a queue back: its next attempt at a given time, or now where messages wait, or never where none does. */
const release = `update webhook_queue set lease = null, is_suspect = $4,
    next_attempt_at = case when exists (select 1 from webhook_delivery d where d.account_id = $1 and d.endpoint_id = $2
      and d.status = 'pending') then $3::timestamptz end
  where account_id = $1 and endpoint_id = $2`;

/** Gives a queue back. The caller has locked it, so that what is routed meanwhile is seen here or wakes it afterwards. */
export async function releaseQueue(
  tx: AccountTransaction,
  { endpointId }: Pick<LeasedQueue, 'endpointId'>,
  { nextAttemptAt, isSuspect }: { nextAttemptAt: Date; isSuspect: boolean },
): Promise<void> {
  await rows(tx, release, [tx.accountId, endpointId, nextAttemptAt.toISOString(), isSuspect]);
}

const succeedOwn =
  'update webhook_endpoint set failing_since = null where account_id = $1 and id = $2 and failing_since is not null';
const succeedOperators =
  'update operator_webhook_endpoint set failing_since = null where id = $1 and failing_since is not null';
const failOwn = `update webhook_endpoint set failing_since = coalesce(failing_since, $3::timestamptz)
  where account_id = $1 and id = $2 returning (extract(epoch from failing_since) * 1000)::float8 as "failingSince"`;
const failOperators = `update operator_webhook_endpoint set failing_since = coalesce(failing_since, $2::timestamptz)
  where id = $1 returning (extract(epoch from failing_since) * 1000)::float8 as "failingSince"`;

/** Notes that an endpoint accepted a message. */
export async function noteSuccess(tx: AccountTransaction, queue: LeasedQueue): Promise<void> {
  await (queue.isOperators
    ? rows(tx, succeedOperators, [queue.endpointId])
    : rows(tx, succeedOwn, [tx.accountId, queue.endpointId]));
}

/** Notes that an endpoint failed, and answers since when it does. */
export async function noteFailure(tx: AccountTransaction, queue: LeasedQueue, at: Date): Promise<Date> {
  const [row] = await (queue.isOperators
    ? rows<{ failingSince: number }>(tx, failOperators, [queue.endpointId, at.toISOString()])
    : rows<{ failingSince: number }>(tx, failOwn, [tx.accountId, queue.endpointId, at.toISOString()]));
  return row === undefined ? at : new Date(row.failingSince);
}

const disableOwn = `update webhook_endpoint set enabled = false, disabled_reason = $3, disabled_at = $4::timestamptz
  where account_id = $1 and id = $2 and enabled`;
const disableOperators = `update operator_webhook_endpoint set enabled = false, disabled_reason = $2, disabled_at = $3::timestamptz
  where id = $1 and enabled`;

/** Disables an endpoint, so that nothing is sent to it any more. */
export async function disableEndpoint(
  tx: AccountTransaction,
  queue: LeasedQueue,
  reason: DisabledReason,
): Promise<void> {
  const at = tx.now.toISOString();
  await (queue.isOperators
    ? rows(tx, disableOperators, [queue.endpointId, reason, at])
    : rows(tx, disableOwn, [tx.accountId, queue.endpointId, reason, at]));
}
