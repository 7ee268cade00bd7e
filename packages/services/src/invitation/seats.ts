import { countOpenInvitations } from '@tenantry/db/invitation/queries';
import { countMembers } from '@tenantry/db/membership/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** How many seats of the plan are taken: by members, and by invitations that may still be accepted. */
export async function countSeats(tx: AccountTransaction): Promise<number> {
  return (await countMembers(tx)) + (await countOpenInvitations(tx));
}
