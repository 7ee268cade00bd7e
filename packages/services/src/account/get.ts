import { getAccount as findAccount } from '@tenantry/db/account/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** The account as its members see it. */
export async function getAccount(tx: AccountTransaction) {
  const { id, name, status, paymentMethod, sandbox, createdAt } = await findAccount(tx);
  return { id, name, status, paymentMethod, sandbox, createdAt };
}
