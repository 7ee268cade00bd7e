import { LockMode } from '@mikro-orm/core';
import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import { rows, statement } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';
import { ServiceKey } from './entity.ts';

/** A page of the service keys, newest first; those that have ended too. */
export async function listServiceKeys(
  { em }: Transaction,
  { limit, cursor }: PageInput,
): Promise<Page<ServiceKey>> {
  const found = await em.find(ServiceKey, afterId(cursor), { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(found, limit, ({ id }) => id);
}

/** A service key, locked until the transaction ends, or null. */
export function lockServiceKey({ em }: Transaction, id: string): Promise<ServiceKey | null> {
  return em.findOne(ServiceKey, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Whether a service key has been replaced by another. */
export async function isServiceKeyReplaced({ em }: Transaction, id: string): Promise<boolean> {
  return (await em.count(ServiceKey, { predecessorId: id })) > 0;
}

/** Writes a new service key. */
export async function insertServiceKey(
  { em }: Transaction,
  key: Omit<ServiceKey, 'revokedAt' | 'lastUsedAt' | 'version'>,
): Promise<void> {
  await em.insert(ServiceKey, { ...key, version: 1 });
}

/** Ends a service key, now or at a time. */
export async function endServiceKey(
  { em }: Transaction,
  id: string,
  end: { revokedAt: Date } | { expiresAt: Date },
): Promise<void> {
  await em.nativeUpdate(ServiceKey, { id }, end);
}

const touch = statement(
  'touch_service_key',
  'update service_key set last_used_at = $1 where key_id = $2 and (last_used_at is null or last_used_at < $1)',
);

/** Writes down when a service key was last used; an earlier time than the one known changes nothing. */
export async function recordServiceKeyUse(database: Database, keyId: string, at: Date): Promise<void> {
  await database.withoutAccount.write({ presented: keyId }, (tx) =>
    rows(tx, touch, [at.toISOString(), keyId]),
  );
}
