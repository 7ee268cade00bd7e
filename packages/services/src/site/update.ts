import type { UpdateSiteInput } from '@tenantry/contract/site';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { updateRow } from '@tenantry/db/row';
import { findSite } from '@tenantry/db/site/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { siteConflicts } from './create.ts';
import { siteView } from './view.ts';

/** Changes a site's name or domain. Refuses `not_found`, `domain_taken`. */
export async function updateSite({ tx }: Context, { siteId, name, domain }: UpdateSiteInput) {
  const site = await findSite(tx, siteId);
  if (site === null) return refuse('not_found');
  const changes = { ...(name === undefined ? {} : { name }), ...(domain === undefined ? {} : { domain }) };
  const taken = await refuseIfTaken(siteConflicts, () => updateRow(tx, site, changes));
  return taken ?? siteView(site);
}
