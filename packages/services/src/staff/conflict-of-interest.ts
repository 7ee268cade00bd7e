import { isMember } from '@tenantry/db/membership/queries';
import { getStaff } from '@tenantry/db/staff/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { listMembers } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';

/** Refuses `role_forbids` to staff who are members of the account, by their linked user or by their address. */
export async function refusalIfStaffIsMember(
  tx: AccountTransaction,
): Promise<Refusal<'role_forbids'> | undefined> {
  if (tx.actor.kind !== 'staff') return refuse('role_forbids');
  const staff = await getStaff(tx, tx.actor.staffId);
  const isLinked = staff.userId != null && (await isMember(tx, staff.userId));
  const isNamed = (await listMembers(tx)).some((member) => member.email === staff.email);
  return isLinked || isNamed ? refuse('role_forbids') : undefined;
}
