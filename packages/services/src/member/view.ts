import type { AccountTransaction } from '@tenantry/db/transaction';
import { listMembers } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';

/** One member as the others see them. Refuses `not_found`. */
export async function memberView(tx: AccountTransaction, userId: string) {
  return (await listMembers(tx)).find((member) => member.userId === userId) ?? refuse('not_found');
}
