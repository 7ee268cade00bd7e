import { fingerprintOf } from '@tenantry/db/catalogue/plan';
import { readCatalogue } from '@tenantry/db/catalogue/read';
import { gapsOfCatalogue } from '@tenantry/domain/catalogue/gaps';
import type { DirectoryContext } from '../context.ts';

type Reads = Pick<DirectoryContext, 'database'>;

/** The catalogue that is stored, with what names it and what it makes impossible. */
export async function getCatalogue({ database }: Reads) {
  const catalogue = await database.withoutAccount.read({}, readCatalogue);
  return { fingerprint: fingerprintOf(catalogue), catalogue, gaps: gapsOfCatalogue(catalogue) };
}

/** The catalogue that is stored, as its file. */
export async function exportCatalogue({
  database,
  catalogueFiles,
}: Reads & Pick<DirectoryContext<'catalogueFiles'>, 'catalogueFiles'>) {
  const catalogue = await database.withoutAccount.read({}, readCatalogue);
  return { fingerprint: fingerprintOf(catalogue), text: catalogueFiles.write(catalogue) };
}
