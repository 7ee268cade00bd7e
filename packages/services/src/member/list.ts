import { listMembers as findMembers } from '@tenantry/db/user/queries';
import type { Context } from '../context.ts';

/** The members that the actor may see, oldest first. */
export async function listMembers({ tx }: Context) {
  return { items: await findMembers(tx), nextCursor: null };
}
