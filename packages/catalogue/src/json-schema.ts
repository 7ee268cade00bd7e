import { z } from 'zod';
import { catalogueSchema } from '@tenantry/contract/catalogue-file';

/** The JSON Schema of the file, for editors. */
export function catalogueJsonSchema(): object {
  return {
    ...z.toJSONSchema(catalogueSchema, { io: 'input', target: 'draft-7' }),
    title: 'Catalogue of Tenantry: features, limits, plans, operations, packages and payees',
  };
}
