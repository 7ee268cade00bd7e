import type { UpdateAccountInput } from '@tenantry/contract/account';
import { getAccount as findAccount } from '@tenantry/db/account/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { getAccount } from './get.ts';

/** Changes what an owner or admin may change of the account. */
export async function updateAccount(tx: AccountTransaction, { name, paymentMethod }: UpdateAccountInput) {
  const account = await findAccount(tx);
  await updateRow(tx, account, {
    ...(name === undefined ? {} : { name }),
    ...(paymentMethod === undefined ? {} : { paymentMethod }),
  });
  return getAccount(tx);
}
