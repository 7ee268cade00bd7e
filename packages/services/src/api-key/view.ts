import type { ApiKey } from '@tenantry/db/api-key/entity';
import { findLimits } from '@tenantry/db/credit/limits';
import type { Records } from '@tenantry/db/transact';

/** Keys as a client sees them; never their digests. */
export async function keyViews(records: Records, keys: readonly ApiKey[]) {
  const limits = await findLimits(
    records,
    keys.map(({ id }) => id),
  );
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
      creditsPerDayMax: limits.get(id)?.creditsPerDayMax ?? null,
    };
  });
}

/** A key as a client sees it. */
export async function keyView(records: Records, key: ApiKey) {
  const [view] = await keyViews(records, [key]);
  if (view === undefined) throw new Error('a key without a view');
  return view;
}
