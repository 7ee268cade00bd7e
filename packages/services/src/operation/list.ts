import { listOperations as findOperations } from '@tenantry/db/operation/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** The price list, by name. */
export async function listOperations({ em }: AccountTransaction) {
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
