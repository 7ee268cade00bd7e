import type { MessageData, MessageType } from '@tenantry/domain/outbox/messages';
import { rows, statement } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** A message that nobody has been sent yet. */
export interface WaitingMessage {
  accountId: string;
  id: string;
  at: Date;
  topic: MessageType;
  payload: MessageData[MessageType];
  externalAccountId: string | null;
}

const takeTurn = "select pg_try_advisory_xact_lock(hashtext('tenantry.outbox.route')) as is_ours";

const waiting = statement(
  'outbox_waiting',
  `select m.account_id as "accountId", m.id, (extract(epoch from m.at) * 1000)::float8 as at, m.topic, m.payload, a.external_id as "externalAccountId"
  from outbox_message m join account a on a.id = m.account_id
  where m.sent_at is null and m.queued_at is not null order by m.queued_at, m.id limit $1`,
);

/**
 * The oldest messages that wait, at most `messagesMax`, for the one transaction that routes at a time; none while another
 * one does. One router at a time is what keeps the order of an account when there are several workers.
 */
export async function takeWaitingMessages(tx: Transaction, messagesMax: number): Promise<WaitingMessage[]> {
  const [turn] = await rows<{ is_ours: boolean }>(tx, takeTurn);
  if (turn?.is_ours !== true) return [];
  const found = await rows<Omit<WaitingMessage, 'at'> & { at: number }>(tx, waiting, [messagesMax]);
  return found.map((message) => ({ ...message, at: new Date(message.at) }));
}

/** The body of a message as every endpoint gets it, at every attempt. */
export interface RoutedMessage extends Pick<WaitingMessage, 'accountId' | 'id'> {
  body: string;
}

const markSent = `update outbox_message m set sent_at = $2::timestamptz, body = one.body
  from jsonb_to_recordset($1::jsonb) as one("accountId" uuid, id uuid, body text)
  where m.account_id = one."accountId" and m.id = one.id`;

/**
 * Every endpoint that asked for each message: it is enabled, it was made before the message, and it wants the type. A test is
 * for the endpoint that it names.
 */
const asked = `with asked as materialized (
  select m.account_id, m.id as message_id, m.topic, m.queued_at, e.id as endpoint_id, e.is_operators
  from jsonb_to_recordset($1::jsonb) as one("accountId" uuid, id uuid)
  join outbox_message m on m.account_id = one."accountId" and m.id = one.id
  join lateral (
    select id, events, since, false as is_operators from webhook_endpoint own
      where own.account_id = m.account_id and own.enabled and own.deleted_at is null
    union all select id, events, since, true from operator_webhook_endpoint operators
      where operators.enabled and operators.deleted_at is null
  ) e on m.queued_at > e.since and case when m.topic = 'webhook_endpoint.test'
    then m.payload->>'endpointId' = e.id::text else e.events = '[]' or e.events @> to_jsonb(m.topic) end)`;

const makeQueues = statement(
  'outbox_make_queues',
  `${asked} insert into webhook_queue as queue (account_id, endpoint_id, own_endpoint_id, operator_endpoint_id, next_attempt_at)
  select distinct account_id, endpoint_id, case when not is_operators then endpoint_id end,
    case when is_operators then endpoint_id end, $2::timestamptz from asked order by account_id, endpoint_id
  on conflict (account_id, endpoint_id) do update set next_attempt_at = coalesce(queue.next_attempt_at, excluded.next_attempt_at)`,
);

/** The ids of the deliveries come from here, so that they sort by their creation. */
const makeDeliveries = statement(
  'outbox_make_deliveries',
  `${asked} insert into webhook_delivery (account_id, id, endpoint_id, is_operators, message_id, type, queued_at, since, created_at)
  select account_id, uuidv7(), endpoint_id, is_operators, message_id, topic, queued_at, $2::timestamptz, $2::timestamptz
  from asked order by queued_at, message_id on conflict (account_id, endpoint_id, message_id) do nothing`,
);

/** Puts messages into the queue of every endpoint that asked for them, and marks them as sent. */
export async function routeMessages(
  tx: Transaction,
  messages: readonly RoutedMessage[],
  now: Date,
): Promise<void> {
  const values = [JSON.stringify(messages), now.toISOString()];
  await rows(tx, markSent, values);
  await rows(tx, makeQueues, values);
  await rows(tx, makeDeliveries, values);
}
