import type { Records } from '@tenantry/db/transact';
import { listMembers } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';

/** One member as the others see them. Refuses `not_found`. */
export async function memberView(records: Records, userId: string) {
  return (await listMembers(records)).find((member) => member.userId === userId) ?? refuse('not_found');
}
