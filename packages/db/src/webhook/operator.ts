import { LockMode } from '@mikro-orm/core';
import type { Transaction } from '../transaction.ts';
import { OperatorWebhookEndpoint } from './entity.ts';

/** The endpoints of the operator, oldest first. */
export function listOperatorEndpoints({ em }: Transaction): Promise<OperatorWebhookEndpoint[]> {
  return em.find(OperatorWebhookEndpoint, { deletedAt: null }, { orderBy: { id: 'asc' } });
}

/** An endpoint of the operator, locked until the transaction ends, or null. */
export function lockOperatorEndpoint(
  { em }: Transaction,
  id: string,
): Promise<OperatorWebhookEndpoint | null> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
  return em.findOne(OperatorWebhookEndpoint, { id, deletedAt: null }, lock);
}

/** Writes a new endpoint of the operator, which is enabled and gets the messages of every account from now on. */
export async function insertOperatorEndpoint(
  { em }: Transaction,
  endpoint: Pick<OperatorWebhookEndpoint, 'id' | 'url' | 'events' | 'secret' | 'createdBy' | 'createdAt'> & {
    description: string | null;
  },
): Promise<void> {
  await em.insert(OperatorWebhookEndpoint, { ...endpoint, enabled: true, version: 1 });
}
