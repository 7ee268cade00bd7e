import { createSector } from '@tenantry/services/sector/create';
import { deleteSector } from '@tenantry/services/sector/delete';
import { listSectors } from '@tenantry/services/sector/list';
import { updateSector } from '@tenantry/services/sector/update';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';
import { id, listOf, nameText } from '@tenantry/rest/schemas';

const tags = ['sector'];
const path = '/sites/{siteId}/sectors';
const onePath = '/sites/{siteId}/sectors/{sectorId}';
const reads = { scope: 'site:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'site:write', feature: 'sites', throttle: 'content_write' } as const;
const sector = z.object({ id: z.uuid(), siteId: z.uuid(), name: z.string() });
const one = { siteId: id, sectorId: id };

export const sectorRouter = router({
  create: accountProcedure(writes, { method: 'POST', path, status: 201, tags, summary: 'Create a sector' })
    .input(z.strictObject({ siteId: id, name: nameText }))
    .output(sector)
    .mutation(verb(createSector)),

  list: accountProcedure(reads, { method: 'GET', path, tags, summary: 'The sectors of a site' })
    .input(z.strictObject({ siteId: id }))
    .output(listOf(sector))
    .query(read(listSectors)),

  update: accountProcedure(writes, { method: 'PATCH', path: onePath, tags, summary: 'Rename a sector' })
    .input(z.strictObject({ ...one, name: nameText }))
    .output(sector)
    .mutation(verb(updateSector)),

  delete: accountProcedure(writes, { method: 'DELETE', path: onePath, tags, summary: 'Delete a sector' })
    .input(z.strictObject(one))
    .output(z.object({ id: z.uuid() }))
    .mutation(verb(deleteSector)),
});
