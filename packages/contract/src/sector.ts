import { z } from 'zod';
import { id, nameText, uuid } from './fields.ts';
import { named, sample } from './named.ts';
import { siteInput } from './site.ts';

/** A sector of a site. */
export const sector = named(
  'Sector',
  'A sector: a part of a site.',
  z.object({
    id: uuid.describe('The sector.'),
    siteId: uuid.describe('The site that it belongs to.'),
    name: z.string().describe('Its name, unique in the site.'),
  }),
  { id: sample.sectorId, siteId: sample.siteId, name: 'Recipes' },
);

export const listSectorsInput = siteInput;
export type ListSectorsInput = z.output<typeof listSectorsInput>;

export const sectorInput = listSectorsInput.extend({ sectorId: id.describe('The sector.') });
export type SectorInput = z.output<typeof sectorInput>;

const name = nameText.describe('The name, unique in the site.');

export const createSectorInput = listSectorsInput
  .extend({ name })
  .meta({ examples: [{ siteId: sample.siteId, name: 'Recipes' }] });
export type CreateSectorInput = z.output<typeof createSectorInput>;

export const updateSectorInput = sectorInput
  .extend({ name })
  .meta({ examples: [{ siteId: sample.siteId, sectorId: sample.sectorId, name: 'Recipes' }] });
export type UpdateSectorInput = z.output<typeof updateSectorInput>;
