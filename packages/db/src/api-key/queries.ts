import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import { ofVisibleSites } from '../site/queries.ts';
import { rows } from '../sql.ts';
import type { Database, AccountTransaction } from '../transaction.ts';
import { ApiKey, KeyDirectoryEntry } from './entity.ts';

/** A key that the actor may see, or null: for an actor of named sites, the keys that are bound to these. */
export function findKey(tx: AccountTransaction, id: string): Promise<ApiKey | null> {
  return tx.em.findOne(ApiKey, { ...ofVisibleSites(tx), id });
}

/** The keys that the actor may see, newest first. */
export async function listKeys(tx: AccountTransaction, { limit, cursor }: PageInput): Promise<Page<ApiKey>> {
  const where = { ...ofVisibleSites(tx), ...afterId(cursor) };
  const keys = await tx.em.find(ApiKey, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(keys, limit, (key) => key.id);
}

/** How many keys could be used now; asked with the account locked. */
export function countUsableKeys({ em, now }: AccountTransaction): Promise<number> {
  return em.count(ApiKey, { revokedAt: null, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] });
}

/** Writes a new key and its place in the directory. */
export async function insertKey(
  { em, accountId, now }: AccountTransaction,
  key: Pick<ApiKey, 'id' | 'keyId' | 'name' | 'prefix' | 'digest' | 'scopes'> & {
    siteId: string | null;
    expiresAt: Date | null;
    allowedAddresses: string[];
  },
): Promise<void> {
  await em.insert(ApiKey, { accountId, ...key, createdAt: now, version: 1 });
  await em.insert(KeyDirectoryEntry, { keyId: key.keyId, accountId, apiKeyId: key.id });
}

const touch =
  'update api_key set last_used_at = $1 where account_id = $2 and id = $3 and (last_used_at is null or last_used_at < $1)';

/** Writes down when a key was last used; an earlier time than the one known changes nothing. */
export async function recordKeyUse(
  database: Database,
  accountId: string,
  id: string,
  at: Date,
): Promise<void> {
  const call = { actor: { kind: 'system', job: 'key_use' }, requestId: '', now: at } as const;
  await database.inAccount.write({ accountId }, call, (tx) =>
    rows(tx, touch, [at.toISOString(), accountId, id]),
  );
}

/** Revokes every key that is limited to a site. */
export async function revokeKeysOfSite({ em, now }: AccountTransaction, siteId: string): Promise<void> {
  await em.nativeUpdate(ApiKey, { siteId, revokedAt: null }, { revokedAt: now });
}
