import type { ApiKey } from '@tenantry/db/api-key/entity';

/** A key as a client sees it; never its digest. */
export function keyView(key: ApiKey) {
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
  };
}
