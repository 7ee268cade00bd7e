import { findMembership } from '@tenantry/db/membership/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import type { Role } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';

/** The role of the actor, read again under the account's lock, since it may have changed after the gate read it. */
export async function roleOfActor(tx: AccountTransaction): Promise<Role | Refusal<'role_forbids'>> {
  if (tx.actor.kind !== 'user') return refuse('role_forbids');
  return (await findMembership(tx, tx.actor.userId))?.role ?? refuse('role_forbids');
}
