import type { CreateSiteInput } from '@tenantry/contract/site';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { newId } from '@tenantry/db/ids';
import { countSites, findSite, insertSite } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import { refusalIfLimitReached } from '@tenantry/domain/plans';
import type { Context } from '../context.ts';
import { siteView } from './view.ts';

/** Which refusal answers a unique constraint of the table: another site of the account has the domain. */
export const siteConflicts = { site_domain: 'domain_taken' } as const;

/** Creates a site. Refuses `plan_limit_reached`, `domain_taken`. */
export async function createSite({ tx }: Context, { name, domain = null }: CreateSiteInput) {
  const { limits } = await getPlanOfAccount(tx);
  const full = refusalIfLimitReached(await countSites(tx), limits.sitesMax);
  if (full !== undefined) return full;
  const id = newId();
  const taken = await refuseIfTaken(siteConflicts, () => insertSite(tx, { id, name, domain }));
  if (taken !== undefined) return taken;
  const site = await findSite(tx, id);
  if (site === null) throw new Error(`Site ${id} is not there after it was written.`);
  return siteView(site);
}
