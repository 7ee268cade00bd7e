import type { ListPaymentQueueInput } from '@tenantry/contract/staff-payment';
import { listPaymentQueue } from '@tenantry/db/staff/queries';
import type { DirectoryContext } from '../context.ts';

/** The payments of every account in one status. */
export function listPaymentsForStaff({ database, now }: DirectoryContext, input: ListPaymentQueueInput) {
  return database.withoutAccount.read({}, (tx) => listPaymentQueue(tx, input, now));
}
