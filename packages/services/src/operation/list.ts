import { listOperations as findOperations } from '@tenantry/db/operation/queries';
import type { OperationPrice } from '@tenantry/domain/credit/price';
import { pricedAs } from '../credit/view.ts';
import { variablesOf } from '@tenantry/domain/run/prompt';
import type { Context } from '../context.ts';

/** The price list, by name. */
export async function listOperations({ tx }: Context) {
  const operations = await findOperations(tx);
  return { items: operations.map(operationView), nextCursor: null };
}

/** A price of an operation as it is shown. */
export function operationView(price: OperationPrice) {
  return {
    name: price.name,
    kind: price.kind,
    version: price.version,
    ...pricedAs(price),
    outputTokensDefault: price.outputTokensDefault,
    outputTokensMax: price.outputTokensMax,
    model: price.model,
    variables: price.promptTemplate === null ? null : variablesOf(price.promptTemplate),
  };
}
