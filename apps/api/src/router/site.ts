import { removed } from '@tenantry/contract/fields';
import { listOf, pageInput } from '@tenantry/contract/page';
import { createSiteInput, site, siteInput, updateSiteInput } from '@tenantry/contract/site';
import { createSite } from '@tenantry/services/site/create';
import { deleteSite } from '@tenantry/services/site/delete';
import { getSite } from '@tenantry/services/site/get';
import { listSites } from '@tenantry/services/site/list';
import { updateSite } from '@tenantry/services/site/update';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';

const tags = ['site'];
const reads = { scope: 'site:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'site:write', feature: 'sites', throttle: 'content_write' } as const;

export const siteRouter = router({
  create: accountProcedure(
    { ...writes, role: 'admin' },
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
    .mutation(verb(createSite)),

  get: accountProcedure(reads, { method: 'GET', path: '/sites/{siteId}', tags, summary: 'One site' })
    .input(siteInput)
    .output(site)
    .query(read(getSite)),

  list: accountProcedure(reads, { method: 'GET', path: '/sites', tags, summary: 'The sites you may see' })
    .input(pageInput)
    .output(listOf(site))
    .query(read(listSites)),

  update: accountProcedure(writes, {
    method: 'PATCH',
    path: '/sites/{siteId}',
    tags,
    summary: 'Change a site',
  })
    .input(updateSiteInput)
    .output(site)
    .mutation(verb(updateSite)),

  delete: accountProcedure(writes, {
    method: 'DELETE',
    path: '/sites/{siteId}',
    tags,
    summary: 'Delete a site',
  })
    .input(siteInput)
    .output(removed)
    .mutation(verb(deleteSite)),
});
