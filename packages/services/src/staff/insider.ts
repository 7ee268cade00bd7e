import { isMember } from '@tenantry/db/membership/queries';
import { Staff } from '@tenantry/db/staff/entity';
import type { Records } from '@tenantry/db/transact';
import { listMembers } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';

/** Refuses `role_forbids` to staff who belong to the account, by their linked user or by their address. */
export async function refusalOfInsider(records: Records): Promise<Refusal<'role_forbids'> | undefined> {
  if (records.actor.kind !== 'staff') return refuse('role_forbids');
  const staff = await records.em.findOneOrFail(Staff, { id: records.actor.staffId });
  const linked = staff.userId != null && (await isMember(records, staff.userId));
  const named = (await listMembers(records)).some((member) => member.email === staff.email);
  return linked || named ? refuse('role_forbids') : undefined;
}
