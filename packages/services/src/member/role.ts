import { findMembership } from '@tenantry/db/membership/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Role, roleAtLeast } from '@tenantry/domain/permissions';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';

/** The role of the actor, read again under the account's lock, since it may have changed after the gate read it. */
export async function roleOfActor(tx: AccountTransaction): Promise<Role | Refusal<'role_forbids'>> {
  if (tx.actor.kind !== 'user') return refuse('role_forbids');
  return (await findMembership(tx, tx.actor.userId))?.role ?? refuse('role_forbids');
}

/** The role of an actor who may change members: an owner or admin, under the account's lock as well as in the gate. */
export async function roleOfManager(tx: AccountTransaction): Promise<Role | Refusal<'role_forbids'>> {
  const role = await roleOfActor(tx);
  return isRefusal(role) || roleAtLeast(role, 'admin') ? role : refuse('role_forbids');
}
