import {
  appliedCatalogue,
  applyCatalogueInput,
  catalogueFile,
  planCatalogueInput,
  plannedCatalogue,
  storedCatalogue,
} from '@tenantry/contract/catalogue';
import { nothing } from '@tenantry/contract/fields';
import { applyCatalogueFile } from '@tenantry/services/catalogue/apply';
import { planCatalogueFile } from '@tenantry/services/catalogue/plan';
import { exportCatalogue, getCatalogue } from '@tenantry/services/catalogue/read';
import { router, runForPerson, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['catalogue'];
const reads = { power: 'account:read', throttle: 'default' } as const;
/** To read a long file takes the time of this process, so that a check of one needs the power too. */
const writes = { power: 'catalogue:write', throttle: 'default' } as const;

export const catalogueRouter = router({
  get: staff(reads, { method: 'GET', path: '/catalogue', tags, summary: 'The whole catalogue' })
    .input(nothing)
    .output(storedCatalogue)
    .query(runWithoutAccount(getCatalogue)),

  export: staff(reads, {
    method: 'GET',
    path: '/catalogue/file',
    tags,
    summary: 'The catalogue as a file',
    description: 'The same as `tenantry catalogue export`.',
  })
    .input(nothing)
    .output(catalogueFile)
    .query(runWithoutAccount(exportCatalogue)),

  planFile: staff(writes, {
    method: 'POST',
    path: '/catalogue/plan',
    tags,
    summary: 'What a file would change, and how many accounts each change touches',
    description:
      'The same as `tenantry catalogue plan`: faults with their lines, or the changes. It writes nothing.',
  })
    .input(planCatalogueInput)
    .output(plannedCatalogue)
    .query(runWithoutAccount(planCatalogueFile)),

  applyFile: staff(
    {
      ...writes,
      audit: { facts: ['reason'] },
      refusals: ['invalid_input', 'conflict'],
    },
    {
      method: 'POST',
      path: '/catalogue/apply',
      tags,
      summary: 'Make a file true, all of it or nothing',
      description:
        'The same as `tenantry catalogue apply`. It is refused when another catalogue is stored than the one that the change was made to.',
    },
  )
    .input(applyCatalogueInput)
    .output(appliedCatalogue)
    .mutation(runForPerson(applyCatalogueFile)),
});
