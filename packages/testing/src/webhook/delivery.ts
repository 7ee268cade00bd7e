import { newId } from '@tenantry/db/ids';
import type { TestDatabase } from '../database.ts';

/** Writes a message that an endpoint has rejected once and that was given up, as the relay would; answers its delivery. */
export async function insertDelivery(
  { database }: { database: Pick<TestDatabase, 'query'> },
  accountId: string,
  endpointId: string,
): Promise<string> {
  const [messageId, deliveryId] = [newId(), newId()];
  const message = JSON.stringify({ endpointId });
  await database.query(
    `insert into outbox_message (account_id, id, at, topic, payload, body, sent_at)
     values ($1, $2, now(), 'webhook_endpoint.test', $3, '{}', now())`,
    [accountId, messageId, message],
  );
  await database.query(
    `insert into webhook_queue (account_id, endpoint_id, own_endpoint_id) values ($1, $2, $2) on conflict do nothing`,
    [accountId, endpointId],
  );
  await database.query(
    `insert into webhook_delivery (account_id, id, endpoint_id, is_operators, message_id, type, queued_at, status, attempts,
       since, created_at, finished_at)
     values ($1, $2, $3, false, $4, 'webhook_endpoint.test', now(), 'failed', 1, now(), now(), now())`,
    [accountId, deliveryId, endpointId, messageId],
  );
  await database.query(
    `insert into webhook_attempt (account_id, id, delivery_id, endpoint_id, is_operators, message_id, type, at, outcome, status,
       duration_milliseconds, answer)
     values ($1, $2, $3, $4, false, $5, 'webhook_endpoint.test', now(), 'rejected', 500, 7, 'no')`,
    [accountId, newId(), deliveryId, endpointId, messageId],
  );
  return deliveryId;
}
