import { getAccount as findAccount } from '@tenantry/db/account/queries';
import { updateRow } from '@tenantry/db/row';
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
  await updateRow(tx, account, {
    ...(name === undefined ? {} : { name }),
    ...(paymentMethod === undefined ? {} : { paymentMethod }),
  });
  return getAccount(tx);
}
