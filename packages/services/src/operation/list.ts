import { listOperations as findOperations } from '@tenantry/db/operation/queries';
import type { Context } from '../context.ts';

/** The price list, by name. */
export async function listOperations({ tx }: Context) {
  const operations = await findOperations(tx);
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
