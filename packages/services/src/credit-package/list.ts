import { listPackages as findPackages } from '@tenantry/db/catalogue/queries';
import type { DirectoryContext } from '../context.ts';
import { packageView } from './view.ts';

/** The packages of credits on offer, smallest first. */
export async function listPackages({ database }: DirectoryContext) {
  const packages = await database.withoutAccount.read({}, findPackages);
  return { items: packages.map(packageView), nextCursor: null };
}
