import type { Records } from '../transact.ts';
import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import { Sector, Site } from './entity.ts';

const visible = ({ sites }: Records) => ({
  deletedAt: null,
  ...(sites === undefined ? {} : { $and: [{ id: { $in: [...sites] } }] }),
});

/** Whether an actor may see what belongs to a site, or to no site when it is null. */
export function maySeeSite({ sites }: Pick<Records, 'sites'>, siteId: string | null): boolean {
  return sites === undefined || (siteId !== null && sites.includes(siteId));
}

/** A site the actor may see, or null. */
export function findSite(records: Records, id: string): Promise<Site | null> {
  return records.em.findOne(Site, { ...visible(records), id });
}

/** Whether the account has or had a site that the actor may see: what was used on one outlives it. */
export async function wasSite(records: Records, id: string): Promise<boolean> {
  return maySeeSite(records, id) && (await records.em.count(Site, { id })) > 0;
}

/** The sites the actor may see. */
export async function listSites(records: Records, { limit, cursor }: PageInput): Promise<Page<Site>> {
  const where = { ...visible(records), ...afterId(cursor) };
  const rows = await records.em.find(Site, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(rows, limit, (site) => site.id);
}

/** How many sites the account has; asked with the account locked. */
export function countSites({ em }: Records): Promise<number> {
  return em.count(Site, { deletedAt: null });
}

/** Writes a new site. */
export async function insertSite(
  { em, accountId, now }: Records,
  site: { id: string; name: string; domain: string | null },
): Promise<void> {
  await em.insert(Site, { accountId, ...site, createdAt: now, version: 1 });
}

/** A sector of a site. */
export function findSector({ em }: Records, siteId: string, id: string): Promise<Sector | null> {
  return em.findOne(Sector, { siteId, id });
}

/** The sectors of a site, by name; a site has at most five. */
export function listSectors({ em }: Records, siteId: string): Promise<Sector[]> {
  return em.find(Sector, { siteId }, { orderBy: { name: 'asc' } });
}

/** Writes a new sector. */
export async function insertSector(
  { em, accountId, now }: Records,
  sector: { id: string; siteId: string; name: string },
): Promise<void> {
  await em.insert(Sector, { accountId, ...sector, createdAt: now, version: 1 });
}

/** Deletes one sector, or all of a site, and answers how many there were. */
export function deleteSectors({ em }: Records, siteId: string, id?: string): Promise<number> {
  return em.nativeDelete(Sector, { siteId, ...(id === undefined ? {} : { id }) });
}
