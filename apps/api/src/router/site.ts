import { createSite } from '@tenantry/services/site/create';
import { deleteSite } from '@tenantry/services/site/delete';
import { getSite } from '@tenantry/services/site/get';
import { listSites } from '@tenantry/services/site/list';
import { updateSite } from '@tenantry/services/site/update';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';
import { id, listOf, nameText, page } from '@tenantry/rest/schemas';

const tags = ['site'];
const reads = { scope: 'site:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'site:write', feature: 'sites', throttle: 'content_write' } as const;

const siteOutput = z.object({
  id: z.uuid(),
  name: z.string(),
  domain: z.string().nullable(),
  createdAt: z.string(),
});
const domain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/)
  .refine((text) => text.split('.').every((label) => !label.startsWith('-') && !label.endsWith('-')))
  .nullable();
const one = z.strictObject({ siteId: id });
const done = z.object({ id: z.uuid() });

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
    .input(z.strictObject({ name: nameText, domain: domain.optional() }))
    .output(siteOutput)
    .mutation(verb(createSite)),

  get: accountProcedure(reads, { method: 'GET', path: '/sites/{siteId}', tags, summary: 'One site' })
    .input(one)
    .output(siteOutput)
    .query(read(getSite)),

  list: accountProcedure(reads, { method: 'GET', path: '/sites', tags, summary: 'The sites you may see' })
    .input(page)
    .output(listOf(siteOutput))
    .query(read(listSites)),

  update: accountProcedure(writes, {
    method: 'PATCH',
    path: '/sites/{siteId}',
    tags,
    summary: 'Change a site',
  })
    .input(
      z
        .strictObject({ siteId: id, name: nameText.optional(), domain: domain.optional() })
        .refine(({ name, domain: to }) => name !== undefined || to !== undefined, 'changes nothing'),
    )
    .output(siteOutput)
    .mutation(verb(updateSite)),

  delete: accountProcedure(writes, {
    method: 'DELETE',
    path: '/sites/{siteId}',
    tags,
    summary: 'Delete a site',
  })
    .input(one)
    .output(done)
    .mutation(verb(deleteSite)),
});
