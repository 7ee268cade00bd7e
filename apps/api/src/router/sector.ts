import { removed } from '@tenantry/contract/fields';
import { listOf } from '@tenantry/contract/page';
import {
  createSectorInput,
  listSectorsInput,
  sector,
  sectorInput,
  updateSectorInput,
} from '@tenantry/contract/sector';
import { createSector } from '@tenantry/services/sector/create';
import { deleteSector } from '@tenantry/services/sector/delete';
import { listSectors } from '@tenantry/services/sector/list';
import { updateSector } from '@tenantry/services/sector/update';
import { tenant, router, run } from '../procedures.ts';

const tags = ['sector'];
const path = '/sites/{siteId}/sectors';
const onePath = '/sites/{siteId}/sectors/{sectorId}';
const reads = { scope: 'site:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'site:write', reach: 'sites', feature: 'sites', throttle: 'content_write' } as const;

export const sectorRouter = router({
  create: tenant(
    { ...writes, refusals: ['not_found', 'plan_limit_reached', 'conflict'] },
    { method: 'POST', path, status: 201, tags, summary: 'Create a sector' },
  )
    .input(createSectorInput)
    .output(sector)
    .mutation(run(createSector)),

  list: tenant(
    { ...reads, refusals: ['not_found'] },
    { method: 'GET', path, tags, summary: 'The sectors of a site' },
  )
    .input(listSectorsInput)
    .output(listOf(sector))
    .query(run(listSectors)),

  update: tenant(
    { ...writes, refusals: ['not_found', 'conflict'] },
    { method: 'PATCH', path: onePath, tags, summary: 'Rename a sector' },
  )
    .input(updateSectorInput)
    .output(sector)
    .mutation(run(updateSector)),

  delete: tenant(
    { ...writes, refusals: ['not_found'] },
    { method: 'DELETE', path: onePath, tags, summary: 'Delete a sector' },
  )
    .input(sectorInput)
    .output(removed)
    .mutation(run(deleteSector)),
});
