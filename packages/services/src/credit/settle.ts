import { findOperation } from '@tenantry/db/operation/queries';
import type { Records } from '@tenantry/db/transact';
import { priceOf } from '@tenantry/domain/credit/price';
import { refuse } from '@tenantry/domain/refusals';
import { Refused } from '@tenantry/db/transact';
import { resolveOpenHold } from './resolve.ts';

export interface SettleInput {
  holdId: string;
  amount?: number | undefined;
  units?: number | undefined;
}

/**
 * Bills what was used of a hold and gives the rest back: an amount, or units of the hold's operation. Refuses
 * `not_found`, `hold_resolved`, `settle_above_hold`, and `invalid_input` for units of a hold without operation.
 */
export function settleHold(records: Records, { holdId, amount, units }: SettleInput) {
  const spentOf = async (hold: { operation: string | null }) => {
    if (amount !== undefined) return amount;
    const price = hold.operation === null ? null : await findOperation(records.em, hold.operation);
    if (price === null || units === undefined) throw new Refused(refuse('invalid_input', noUnits));
    return units === 0 ? 0 : priceOf(price, units);
  };
  return resolveOpenHold(records, holdId, spentOf, 'settled');
}

const noUnits = { errors: [{ path: 'units', message: 'the hold names no operation' }] };
