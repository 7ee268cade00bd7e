import type { ApiKey } from '@tenantry/db/api-key/entity';
import { limitGroupOf } from '@tenantry/db/api-key/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { findLimits } from '@tenantry/ledger/read/limits';

/** API keys as a client sees them, without their digests. */
export async function keyViews(tx: AccountTransaction, keys: readonly ApiKey[]) {
  const groupIds = new Set(keys.map(limitGroupOf));
  const limits = await findLimits(tx, [...groupIds]);
  return keys.map((key) => {
    const { id, name, prefix, scopes, allowedAddresses, createdAt } = key;
    return {
      id,
      name,
      prefix,
      scopes,
      allowedAddresses,
      createdAt,
      siteId: key.siteId ?? null,
      expiresAt: key.expiresAt ?? null,
      revokedAt: key.revokedAt ?? null,
      lastUsedAt: key.lastUsedAt ?? null,
      createdBy: key.createdBy ?? null,
      predecessorId: key.predecessorId ?? null,
      creditsPerDayMax: limits.get(limitGroupOf(key))?.creditsPerDayMax ?? null,
    };
  });
}

/** An API key as a client sees it. */
export async function keyView(tx: AccountTransaction, key: ApiKey) {
  const [view] = await keyViews(tx, [key]);
  if (view === undefined) throw new Error(`API key ${key.id} has no view.`);
  return view;
}
