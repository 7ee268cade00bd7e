import { rows, statement } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';
import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import { Sector, Site } from './entity.ts';

const visible = ({ sites }: AccountTransaction) => ({
  deletedAt: null,
  ...(sites === undefined ? {} : { $and: [{ id: { $in: [...sites] } }] }),
});

/** Whether an actor may see what belongs to a site, or to no site when it is null. */
export function maySeeSite({ sites }: Pick<AccountTransaction, 'sites'>, siteId: string | null): boolean {
  return sites === undefined || (siteId !== null && sites.includes(siteId));
}

/** The condition on rows of a site that leaves out what the actor may not see. */
export function ofVisibleSites({ sites }: Pick<AccountTransaction, 'sites'>): { siteId?: { $in: string[] } } {
  return sites === undefined ? {} : { siteId: { $in: [...sites] } };
}

/** The sites that a person is limited to, without those that the actor may not see; null for a person of all sites. */
export function visibleSitesOf(
  { sites }: Pick<AccountTransaction, 'sites'>,
  siteIds: readonly string[] | null,
): string[] | null {
  return siteIds === null ? null : siteIds.filter((id) => sites === undefined || sites.includes(id));
}

/** Those of some sites that work may be done for. Parameters: account, sites. */
export const findOpenSites = statement(
  'find_open_sites',
  'select id from site where account_id = $1 and id = any ($2::uuid[]) and deleted_at is null and archived_at is null',
);

/** A site the actor may see, or null. */
export function findSite(tx: AccountTransaction, id: string): Promise<Site | null> {
  return tx.em.findOne(Site, { ...visible(tx), id });
}

/** Whether the account has or had a site that the actor may see: what was used on one outlives it. */
export async function wasSite(tx: AccountTransaction, id: string): Promise<boolean> {
  return maySeeSite(tx, id) && (await tx.em.count(Site, { id })) > 0;
}

/** The sites the actor may see. */
export async function listSites(tx: AccountTransaction, { limit, cursor }: PageInput): Promise<Page<Site>> {
  const where = { ...visible(tx), ...afterId(cursor) };
  const rows = await tx.em.find(Site, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(rows, limit, (site) => site.id);
}

/** How many sites the account uses: archived ones do not count. Asked with the account locked. */
export function countSites({ em }: AccountTransaction): Promise<number> {
  return em.count(Site, { deletedAt: null, archivedAt: null });
}

/** Writes a new site. */
export async function insertSite(
  { em, accountId, now }: AccountTransaction,
  site: { id: string; name: string; domain: string | null },
): Promise<void> {
  await em.insert(Site, { accountId, ...site, createdAt: now, version: 1 });
}

/** A sector of a site. */
export function findSector({ em }: AccountTransaction, siteId: string, id: string): Promise<Sector | null> {
  return em.findOne(Sector, { siteId, id });
}

/** The sectors of a site, by name; a site has at most five. */
export function listSectors({ em }: AccountTransaction, siteId: string): Promise<Sector[]> {
  return em.find(Sector, { siteId }, { orderBy: { name: 'asc' } });
}

const countOfLargest = statement(
  'count_sectors_of_largest_site',
  `select coalesce(max(sectors), 0)::int as used from (
    select count(*) as sectors from sector join site on site.account_id = sector.account_id and site.id = sector.site_id
    where sector.account_id = $1 and site.deleted_at is null group by sector.site_id) as counted`,
);

/** How many sectors the site with the most of them has; 0 without a sector. */
export async function countSectorsOfLargestSite(tx: AccountTransaction): Promise<number> {
  const [row] = await rows<{ used: number }>(tx, countOfLargest, [tx.accountId]);
  if (row === undefined) throw new Error('a count answered no row');
  return row.used;
}

/** Writes a new sector. */
export async function insertSector(
  { em, accountId, now }: AccountTransaction,
  sector: { id: string; siteId: string; name: string },
): Promise<void> {
  await em.insert(Sector, { accountId, ...sector, createdAt: now, version: 1 });
}

/** Deletes one sector, or all of a site, and answers how many there were. */
export function deleteSectors({ em }: AccountTransaction, siteId: string, id?: string): Promise<number> {
  return em.nativeDelete(Sector, { siteId, ...(id === undefined ? {} : { id }) });
}
