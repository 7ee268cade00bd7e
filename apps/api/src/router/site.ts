import { removed } from '@tenantry/contract/fields';
import { listOf, pageInput } from '@tenantry/contract/page';
import { createSiteInput, site, siteInput, updateSiteInput } from '@tenantry/contract/site';
import { archiveSite, restoreSite } from '@tenantry/services/site/archive';
import { createSite } from '@tenantry/services/site/create';
import { deleteSite } from '@tenantry/services/site/delete';
import { getSite } from '@tenantry/services/site/get';
import { listSites } from '@tenantry/services/site/list';
import { updateSite } from '@tenantry/services/site/update';
import { tenant, router, run } from '../procedures.ts';

const tags = ['site'];
const reads = { scope: 'site:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'site:write', feature: 'sites', throttle: 'content_write' } as const;
const changes = { ...writes, reach: 'sites' } as const;

export const siteRouter = router({
  create: tenant(
    { ...writes, role: 'admin', refusals: ['plan_limit_reached', 'domain_taken'] },
    {
      method: 'POST',
      path: '/sites',
      status: 201,
      tags,
      summary: 'Create a site',
    },
  )
    .input(createSiteInput)
    .output(site)
    .mutation(run(createSite)),

  get: tenant(
    { ...reads, refusals: ['not_found'] },
    { method: 'GET', path: '/sites/{siteId}', tags, summary: 'One site' },
  )
    .input(siteInput)
    .output(site)
    .query(run(getSite)),

  list: tenant(reads, { method: 'GET', path: '/sites', tags, summary: 'The sites you may see' })
    .input(pageInput)
    .output(listOf(site))
    .query(run(listSites)),

  update: tenant(
    { ...changes, refusals: ['not_found', 'domain_taken'] },
    {
      method: 'PATCH',
      path: '/sites/{siteId}',
      tags,
      summary: 'Change a site',
    },
  )
    .input(updateSiteInput)
    .output(site)
    .mutation(run(updateSite)),

  delete: tenant(
    { ...changes, refusals: ['not_found'] },
    {
      method: 'DELETE',
      path: '/sites/{siteId}',
      tags,
      summary: 'Delete a site',
    },
  )
    .input(siteInput)
    .output(removed)
    .mutation(run(deleteSite)),

  archive: tenant(
    { ...changes, refusals: ['not_found'] },
    { method: 'POST', path: '/sites/{siteId}/archive', tags, summary: 'Archive a site' },
  )
    .input(siteInput)
    .output(site)
    .mutation(run(archiveSite)),

  restore: tenant(
    { ...writes, role: 'admin', refusals: ['not_found', 'plan_limit_reached'] },
    {
      method: 'POST',
      path: '/sites/{siteId}/restore',
      tags,
      summary: 'Bring an archived site back into use',
    },
  )
    .input(siteInput)
    .output(site)
    .mutation(run(restoreSite)),
});
