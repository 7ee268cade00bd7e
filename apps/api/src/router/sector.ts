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
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';

const tags = ['sector'];
const path = '/sites/{siteId}/sectors';
const onePath = '/sites/{siteId}/sectors/{sectorId}';
const reads = { scope: 'site:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'site:write', feature: 'sites', throttle: 'content_write' } as const;

export const sectorRouter = router({
  create: accountProcedure(writes, { method: 'POST', path, status: 201, tags, summary: 'Create a sector' })
    .input(createSectorInput)
    .output(sector)
    .mutation(verb(createSector)),

  list: accountProcedure(reads, { method: 'GET', path, tags, summary: 'The sectors of a site' })
    .input(listSectorsInput)
    .output(listOf(sector))
    .query(read(listSectors)),

  update: accountProcedure(writes, { method: 'PATCH', path: onePath, tags, summary: 'Rename a sector' })
    .input(updateSectorInput)
    .output(sector)
    .mutation(verb(updateSector)),

  delete: accountProcedure(writes, { method: 'DELETE', path: onePath, tags, summary: 'Delete a sector' })
    .input(sectorInput)
    .output(removed)
    .mutation(verb(deleteSector)),
});
