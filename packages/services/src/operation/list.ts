import { listOperations as findOperations } from '@tenantry/db/operation/queries';
import type { Records } from '@tenantry/db/transact';

/** The price list, by name. */
export async function listOperations({ em }: Records) {
  const operations = await findOperations(em);
  const items = operations.map(({ name, kind, unit, unitSize, creditsPerUnit, creditsMin }) => ({
    name,
    kind,
    unit,
    unitSize,
    creditsPerUnit,
    creditsMin,
  }));
  return { items, nextCursor: null };
}
