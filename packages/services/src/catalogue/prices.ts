import type { ListPricesInput } from '@tenantry/contract/staff-operation';
import { listPrices, wasOperation } from '@tenantry/db/operation/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { operationView } from '../operation/list.ts';

/** What an operation costs and has cost, newest first. Refuses `not_found` for one that there never was. */
export async function listPricesForStaff(
  { database }: Pick<DirectoryContext, 'database'>,
  input: ListPricesInput,
) {
  return database.withoutAccount.read({}, async (tx) => {
    if (!(await wasOperation(tx, input.operation))) return refuse('not_found');
    const { items, nextCursor } = await listPrices(tx, input);
    const prices = items.map((price) => ({
      ...operationView(price),
      promptTemplate: price.promptTemplate,
      createdAt: price.createdAt,
    }));
    return { items: prices, nextCursor };
  });
}
