import type { Site } from '@tenantry/db/site/entity';

/** A site as a client sees it. */
export function siteView({ id, name, domain, createdAt, archivedAt }: Site) {
  return { id, name, domain: domain ?? null, createdAt, archivedAt: archivedAt ?? null };
}
