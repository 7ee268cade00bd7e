import { getAccount as findAccount } from '@tenantry/db/account/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import type { PaymentMethod } from '@tenantry/domain/standing';
import { getAccount } from './get.ts';

export interface AccountUpdateInput {
  name?: string | undefined;
  paymentMethod?: PaymentMethod | undefined;
}

/** Changes what an owner or admin may change of the account. */
export async function updateAccount(tx: AccountTransaction, { name, paymentMethod }: AccountUpdateInput) {
  const account = await findAccount(tx);
  if (name !== undefined) account.name = name;
  if (paymentMethod !== undefined) account.paymentMethod = paymentMethod;
  await tx.em.flush();
  return getAccount(tx);
}
