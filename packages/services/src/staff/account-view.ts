import { getAccount } from '@tenantry/db/account/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** The account as staff see it. */
export async function staffAccountView(tx: AccountTransaction) {
  const {
    id,
    name,
    externalId = null,
    status,
    statusReason,
    paymentMethod,
    createdAt,
  } = await getAccount(tx);
  return { id, name, externalId, status, statusReason: statusReason ?? null, paymentMethod, createdAt };
}
