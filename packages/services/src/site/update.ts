import type { UpdateSiteInput } from '@tenantry/contract/site';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { findSite } from '@tenantry/db/site/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';
import { siteConflicts } from './create.ts';
import { siteView } from './view.ts';

/** Changes a site's name or domain. Refuses `not_found`, `domain_taken`. */
export async function updateSite(tx: AccountTransaction, { siteId, name, domain }: UpdateSiteInput) {
  const site = await findSite(tx, siteId);
  if (site === null) return refuse('not_found');
  const changes = { ...(name === undefined ? {} : { name }), ...(domain === undefined ? {} : { domain }) };
  const taken = await refuseIfTaken(siteConflicts, () => updateRow(tx, site, changes));
  return taken ?? siteView(site);
}
