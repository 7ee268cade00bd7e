import type { PlanCatalogueInput } from '@tenantry/contract/catalogue';
import { comparedCatalogue, fingerprintOf } from '@tenantry/db/catalogue/plan';
import { readCatalogue } from '@tenantry/db/catalogue/read';
import { gapsOfCatalogue } from '@tenantry/domain/catalogue/gaps';
import type { DirectoryContext } from '../context.ts';

/** What a file would change, with the accounts that each change of a plan touches, or what is wrong with it. Writes nothing. */
export async function planCatalogueFile(
  { database, catalogueFiles, now }: DirectoryContext<'catalogueFiles'>,
  { text }: PlanCatalogueInput,
) {
  const parsed = catalogueFiles.read(text);
  if ('faults' in parsed) {
    const stored = await database.withoutAccount.read({}, readCatalogue);
    const faults = parsed.faults.map(({ line, at, message }) => ({ line, path: at, message }));
    return { fingerprint: fingerprintOf(stored), faults, gaps: [], changes: [], unmovable: [] };
  }
  const { catalogue } = parsed;
  const compared = await database.withoutAccount.read({}, (tx) => comparedCatalogue(tx, catalogue, now));
  const { fingerprint, changes, unmovable, stored } = compared;
  // A file without an issuer leaves the one that is stored.
  const gaps = gapsOfCatalogue({ ...catalogue, issuer: catalogue.issuer ?? stored.issuer });
  return { fingerprint, faults: [], gaps, changes: changes.map(shown), unmovable };
}

/** A change as an answer has it. */
export const shown = <Change extends { details: readonly string[] }>(change: Change) => ({
  ...change,
  details: [...change.details],
});
