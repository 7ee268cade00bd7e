import type { ApiKey } from '@tenantry/db/api-key/entity';

/** A key as a client sees it; never its digest. */
export function keyView({ id, name, prefix, scopes, siteId, expiresAt, revokedAt, createdAt }: ApiKey) {
  return {
    id,
    name,
    prefix,
    scopes,
    createdAt,
    siteId: siteId ?? null,
    expiresAt: expiresAt ?? null,
    revokedAt: revokedAt ?? null,
  };
}
