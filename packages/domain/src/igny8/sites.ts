import { isAsciiHostname, normaliseDomain } from '../hostname.ts';
import { importedName } from './people.ts';
import type { ImportNote, OldTable, OldTenant } from './source.ts';

/** A site as Tenantry writes it, with its sectors. */
export interface ImportedSite {
  sourceId: string;
  name: string;
  domain: string | null;
  isArchived: boolean;
  sectors: readonly string[];
}

/**
 * The sites of an account. One that is not active is archived. A domain that is none, or that an earlier site has, is left
 * out of its site. A key of the old product is no key of Tenantry's: its form is another, and only its digest would be kept.
 */
export function importedSites({
  account,
  sites,
  sectors,
}: Pick<OldTenant, 'account' | 'sites' | 'sectors'>): {
  sites: ImportedSite[];
  notes: ImportNote[];
} {
  const notes: ImportNote[] = [];
  const note = (table: OldTable, id: string, reason: string, outcome: ImportNote['outcome'] = 'left out') =>
    void notes.push({ outcome, table, id, account: account.id, reason });
  const domains = new Set<string>();
  const known = new Set(sites.map(({ id }) => id));
  for (const { id, siteId } of sectors)
    if (!known.has(siteId)) note('sectors', id, 'its site is of another account');
  const imported = sites.map(({ id, name: text, domain: given, isActive, hasKey }) => {
    const name = importedName(text) ?? `Site ${id}`;
    if (name !== text) note('sites', id, `its name becomes ${JSON.stringify(name)}`, 'changed');
    const domain = given === null || given.trim() === '' ? null : normaliseDomain(given);
    const isUsable = domain !== null && isAsciiHostname(domain) && !domains.has(domain);
    if (domain !== null && !isUsable)
      note(
        'sites',
        id,
        `its domain ${domains.has(domain) ? 'is that of an earlier site' : 'is no host name'}, and is left out`,
        'changed',
      );
    if (isUsable) domains.add(domain);
    if (!isActive) note('sites', id, 'it is not active, and is archived', 'changed');
    if (hasKey) note('keys', id, 'a key of igny8 is not one of Tenantry: make a new one for this site');
    const names = new Set<string>();
    for (const sector of sectors.filter(({ siteId }) => siteId === id)) {
      const kept = importedName(sector.name);
      if (!sector.isActive) note('sectors', sector.id, 'it is not active');
      else if (kept === undefined) note('sectors', sector.id, 'its name has characters that no name holds');
      else if (names.has(kept)) note('sectors', sector.id, 'its site has another of its name');
      else names.add(kept);
    }
    return {
      sourceId: id,
      name,
      domain: isUsable ? domain : null,
      isArchived: !isActive,
      sectors: [...names],
    };
  });
  return { sites: imported, notes };
}
