import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';
import { WebhookAttempt, WebhookDelivery, WebhookEndpoint } from './entity.ts';

const existing = { deletedAt: null };

/** An endpoint of the account, or null. */
export function findEndpoint({ em }: AccountTransaction, id: string): Promise<WebhookEndpoint | null> {
  return em.findOne(WebhookEndpoint, { ...existing, id });
}

/** How many endpoints the account has; asked with the account locked. */
export function countEndpoints({ em }: AccountTransaction): Promise<number> {
  return em.count(WebhookEndpoint, existing);
}

/** The endpoints of the account, newest first. */
export async function listEndpoints(
  { em }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<WebhookEndpoint>> {
  const where = { ...existing, ...afterId(cursor) };
  const found = await em.find(WebhookEndpoint, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(found, limit, ({ id }) => id);
}

/** Writes a new endpoint, which is enabled and gets the messages from now on. */
export async function insertEndpoint(
  { em, accountId, actorName, now }: AccountTransaction,
  endpoint: Pick<WebhookEndpoint, 'id' | 'url' | 'events' | 'secret'> & { description: string | null },
): Promise<void> {
  const made = { enabled: true, createdBy: actorName, createdAt: now, version: 1 };
  await em.insert(WebhookEndpoint, { accountId, ...endpoint, ...made });
}

/** The deliveries of an endpoint, newest first; of one status where it is named. */
export async function listDeliveries(
  { em }: AccountTransaction,
  { endpointId, status, limit, cursor }: PageInput & Pick<WebhookDelivery, 'endpointId'> & DeliveryFilter,
): Promise<Page<WebhookDelivery>> {
  const where = { endpointId, ...(status === undefined ? {} : { status }), ...afterId(cursor) };
  const found = await em.find(WebhookDelivery, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(found, limit, ({ id }) => id);
}

interface DeliveryFilter {
  status?: WebhookDelivery['status'] | undefined;
}

/** A delivery of an endpoint, or null. */
export function findDelivery(
  { em }: AccountTransaction,
  where: Pick<WebhookDelivery, 'id' | 'endpointId'>,
): Promise<WebhookDelivery | null> {
  return em.findOne(WebhookDelivery, where);
}

/** The attempts at an endpoint, newest first. */
export async function listAttempts(
  { em }: AccountTransaction,
  { endpointId, limit, cursor }: PageInput & Pick<WebhookAttempt, 'endpointId'>,
): Promise<Page<WebhookAttempt>> {
  const where = { endpointId, ...afterId(cursor) };
  const found = await em.find(WebhookAttempt, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(found, limit, ({ id }) => id);
}

const lockQueue =
  'select endpoint_id from webhook_queue where account_id = $1 and endpoint_id = $2 for update';
const queueAgain = `update webhook_delivery set status = 'pending', attempts = 0, since = $4::timestamptz,
  queued_at = clock_timestamp(), finished_at = null
  where account_id = $1 and endpoint_id = $2 and id = $3 and status <> 'pending'`;
const wake = `update webhook_queue set next_attempt_at = coalesce(next_attempt_at, $3::timestamptz)
  where account_id = $1 and endpoint_id = $2`;

/** Puts a delivery that has ended at the end of its queue, with its whole time anew. */
export async function queueDeliveryAgain(
  tx: AccountTransaction,
  { id, endpointId }: Pick<WebhookDelivery, 'id' | 'endpointId'>,
): Promise<void> {
  const queue = [tx.accountId, endpointId];
  const at = tx.now.toISOString();
  await rows(tx, lockQueue, queue);
  await rows(tx, queueAgain, [...queue, id, at]);
  await rows(tx, wake, [...queue, at]);
}

const endPending = `update webhook_delivery set status = 'failed', finished_at = $3::timestamptz
  where account_id = $1 and endpoint_id = $2 and status = 'pending'`;

/** Fails what waits for an endpoint that is disabled; each can be delivered again later. */
export async function failPendingDeliveries(tx: AccountTransaction, endpointId: string): Promise<void> {
  await rows(tx, lockQueue, [tx.accountId, endpointId]);
  await rows(tx, endPending, [tx.accountId, endpointId, tx.now.toISOString()]);
}
