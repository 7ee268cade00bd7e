import type { OperationPrice } from '@tenantry/domain/credit/price';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import { currentPrices, priceColumns } from './statements.ts';

/** The price list as it is now, by name; without operations that were withdrawn. */
export function listOperations(tx: Transaction): Promise<OperationPrice[]> {
  return rows<OperationPrice>(tx, `select ${priceColumns} from ${currentPrices} order by price.name`);
}

/** Whether there is an operation, or was one that is withdrawn. */
export async function wasOperation(tx: Transaction, name: string): Promise<boolean> {
  return (await rows(tx, 'select name from operation where name = $1', [name])).length > 0;
}
