import type { Records } from '@tenantry/db/transact';
import { listMembers as findMembers } from '@tenantry/db/user/queries';

/** The members of the account, oldest first. */
export async function listMembers(records: Records) {
  return { items: await findMembers(records), nextCursor: null };
}
