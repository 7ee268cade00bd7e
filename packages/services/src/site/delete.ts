import type { SiteInput } from '@tenantry/contract/site';
import { revokeKeysOfSite } from '@tenantry/db/api-key/queries';
import { removeSiteFromInvitations } from '@tenantry/db/invitation/queries';
import { removeSiteFromMembers } from '@tenantry/db/membership/queries';
import { updateRow } from '@tenantry/db/row';
import { deleteSectors, findSite } from '@tenantry/db/site/queries';
import { refuse } from '@tenantry/domain/refusals';
import { lockBooks } from '@tenantry/ledger/change';
import type { Context } from '../context.ts';

/**
 * Deletes a site with its sectors, and revokes the API keys that are limited to it. Members and invitations lose it from
 * their sites; an invitation to it alone ends. Its row stays for the ledger, whose holds of it can be resolved, and its
 * domain is free again. Refuses `not_found`.
 */
export async function deleteSite({ tx, now }: Context, { siteId }: SiteInput) {
  const site = await findSite(tx, siteId);
  if (site === null) return refuse('not_found');
  await lockBooks(tx);
  await updateRow(tx, site, { deletedAt: now });
  await deleteSectors(tx, siteId);
  await revokeKeysOfSite(tx, siteId);
  await removeSiteFromMembers(tx, siteId);
  await removeSiteFromInvitations(tx, siteId);
  return { id: siteId };
}
