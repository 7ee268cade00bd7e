import { getAccount as findAccount } from '@tenantry/db/account/queries';
import type { Records } from '@tenantry/db/transact';
import type { PaymentMethod } from '@tenantry/domain/standing';
import { getAccount } from './get.ts';

export interface AccountUpdateInput {
  name?: string | undefined;
  paymentMethod?: PaymentMethod | undefined;
}

/** Changes what an owner or admin may change of the account. */
export async function updateAccount(records: Records, { name, paymentMethod }: AccountUpdateInput) {
  const account = await findAccount(records);
  if (name !== undefined) account.name = name;
  if (paymentMethod !== undefined) account.paymentMethod = paymentMethod;
  await records.em.flush();
  return getAccount(records);
}
