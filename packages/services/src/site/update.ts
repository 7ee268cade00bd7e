import { findSite } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';
import { refusingTakenDomain } from './create.ts';
import { siteView } from './view.ts';

export interface SiteUpdateInput {
  siteId: string;
  name?: string | undefined;
  domain?: string | null | undefined;
}

/** Changes a site's name or domain. Refuses `not_found`, `domain_taken`. */
export async function updateSite(tx: AccountTransaction, { siteId, name, domain }: SiteUpdateInput) {
  const site = await findSite(tx, siteId);
  if (site === null) return refuse('not_found');
  if (name !== undefined) site.name = name;
  if (domain !== undefined) site.domain = domain;
  await refusingTakenDomain(() => tx.em.flush());
  return siteView(site);
}
