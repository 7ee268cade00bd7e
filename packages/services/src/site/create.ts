import { lockAccount } from '@tenantry/db/account/queries';
import { uniqueConstraintOf } from '@tenantry/db/constraints';
import { newId } from '@tenantry/db/ids';
import { countSites, findSite, insertSite } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import { Refused, type AccountTransaction } from '@tenantry/db/transaction';
import { fitsLimit } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { siteView } from './view.ts';

export interface SiteInput {
  name: string;
  domain?: string | null | undefined;
}

/** Creates a site. Refuses `plan_limit_reached`, `domain_taken`, and `site_forbidden` to a key of one site. */
export async function createSite(tx: AccountTransaction, { name, domain = null }: SiteInput) {
  if (tx.sites !== undefined) return refuse('site_forbidden');
  await lockAccount(tx);
  const { limits } = await getPlanOfAccount(tx);
  const full = fitsLimit(await countSites(tx), limits.sitesMax);
  if (full !== undefined) return full;
  const id = newId();
  await refusingTakenDomain(() => insertSite(tx, { id, name, domain }));
  const site = await findSite(tx, id);
  return site === null ? refuse('not_found') : siteView(site);
}

/** Runs a write and refuses `domain_taken` when another site of the account has the domain. */
export async function refusingTakenDomain(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (fault) {
    if (uniqueConstraintOf(fault) === 'site_domain') throw new Refused(refuse('domain_taken'));
    throw fault;
  }
}
