import type { UpdateAccountInput } from '@tenantry/contract/account';
import { getAccount as findAccount } from '@tenantry/db/account/queries';
import { updateRow } from '@tenantry/db/row';
import type { Context } from '../context.ts';
import { getAccount } from './get.ts';

/** Changes what an owner or admin may change of the account. */
export async function updateAccount({ tx }: Context, { name, paymentMethod }: UpdateAccountInput) {
  await updateRow(tx, await findAccount(tx), {
    ...(name === undefined ? {} : { name }),
    ...(paymentMethod === undefined ? {} : { paymentMethod }),
  });
  return getAccount({ tx });
}
