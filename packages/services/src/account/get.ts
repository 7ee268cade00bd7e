import { getAccount as findAccount } from '@tenantry/db/account/queries';
import type { Records } from '@tenantry/db/transact';

/** The account as its members see it. */
export async function getAccount(records: Records) {
  const { id, name, status, paymentMethod, sandbox, createdAt } = await findAccount(records);
  return { id, name, status, paymentMethod, sandbox, createdAt };
}
