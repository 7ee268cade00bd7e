import type { AccountTransaction } from '@tenantry/db/transaction';
import { listMembers as findMembers } from '@tenantry/db/user/queries';

/** The members of the account, oldest first. */
export async function listMembers(tx: AccountTransaction) {
  return { items: await findMembers(tx), nextCursor: null };
}
