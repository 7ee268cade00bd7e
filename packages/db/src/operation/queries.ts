import type { OperationPrice } from '@tenantry/domain/credit/price';
import { type Page, type PageInput, pageOf, placeOf } from '../page.ts';
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

/** A price that an operation has or had, with since when. */
export type DatedPrice = OperationPrice & { createdAt: string };

const datedPrices = `select ${priceColumns},
    to_char(price.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"
  from operation_price price where price.name = $1 and ($2::int is null or price.price_version < $2)
  order by price.price_version desc limit $3`;

/** The prices of an operation, newest first. */
export async function listPrices(
  tx: Transaction,
  { operation, limit, cursor }: PageInput & { operation: string },
): Promise<Page<DatedPrice>> {
  const before = cursor === undefined ? null : Math.min(placeOf(cursor), 2_147_483_647);
  const found = await rows<DatedPrice>(tx, datedPrices, [operation, before, limit + 1]);
  return pageOf(found, limit, ({ version }) => String(version));
}
