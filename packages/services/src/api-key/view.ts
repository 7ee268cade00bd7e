import type { ApiKey } from '@tenantry/db/api-key/entity';
import { findLimits } from '@tenantry/ledger/read/limits';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** Keys as a client sees them; never their digests. */
export async function keyViews(tx: AccountTransaction, keys: readonly ApiKey[]) {
  const limits = await findLimits(
    tx,
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
export async function keyView(tx: AccountTransaction, key: ApiKey) {
  const [view] = await keyViews(tx, [key]);
  if (view === undefined) throw new Error('a key without a view');
  return view;
}
