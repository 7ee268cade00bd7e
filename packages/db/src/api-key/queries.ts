import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import { ofVisibleSites } from '../site/queries.ts';
import { rows, statement } from '../sql.ts';
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

/** The id of what a key and those that it was rotated from share: a daily limit and its count. */
export function limitGroupOf({
  id,
  rootId,
}: Pick<ApiKey, 'id'> & { rootId?: string | null | undefined }): string {
  return rootId ?? id;
}

/** The newest key of each limit group. */
export async function findNewestKeys(
  { em }: AccountTransaction,
  limitGroupIds: readonly string[],
): Promise<Map<string, ApiKey>> {
  if (limitGroupIds.length === 0) return new Map();
  const inGroups = { $in: [...limitGroupIds] };
  const where = { $or: [{ id: inGroups }, { rootId: inGroups }] };
  const keys = await em.find(ApiKey, where, { orderBy: { id: 'asc' } });
  return new Map(keys.map((key) => [limitGroupOf(key), key]));
}

const countUsable = statement(
  'count_usable_keys',
  `select count(distinct coalesce(root_id, id))::int as used from api_key
  where account_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
);

/**
 * How many keys could be used now, where a key and the one that it replaced are one; asked with the account locked.
 */
export async function countUsableKeys(tx: AccountTransaction): Promise<number> {
  const [row] = await rows<{ used: number }>(tx, countUsable, [tx.accountId, tx.now.toISOString()]);
  if (row === undefined) throw new Error('a count answered no row');
  return row.used;
}

/** Whether a key has been replaced by another. */
export async function isReplaced({ em }: AccountTransaction, id: string): Promise<boolean> {
  return (await em.count(ApiKey, { predecessorId: id })) > 0;
}

/** Revokes what is still usable of the keys that a key replaced, one after the other. */
export async function revokePredecessorsOf(
  { em, now }: AccountTransaction,
  { id, rootId = null }: Pick<ApiKey, 'id'> & { rootId?: string | null | undefined },
): Promise<void> {
  if (rootId === null) return;
  const family = { $or: [{ id: rootId }, { rootId }], id: { $ne: id } };
  await em.nativeUpdate(
    ApiKey,
    { $and: [family, { revokedAt: null, expiresAt: { $gt: now } }] },
    { revokedAt: now },
  );
}

/** Writes a new key and its place in the directory. */
export async function insertKey(
  { em, accountId, now }: AccountTransaction,
  key: Pick<ApiKey, 'id' | 'keyId' | 'name' | 'prefix' | 'digest' | 'scopes'> & {
    siteId: string | null;
    expiresAt: Date | null;
    allowedAddresses: string[];
    createdBy: string | null;
    predecessorId: string | null;
    rootId: string | null;
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

/** Revokes every key of the account. */
export async function revokeAllKeys({ em, now }: AccountTransaction): Promise<void> {
  await em.nativeUpdate(ApiKey, { revokedAt: null }, { revokedAt: now });
}
