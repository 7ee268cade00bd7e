import type {
  CreateImpersonationInput,
  EndImpersonationInput,
  ListImpersonationsInput,
} from '@tenantry/contract/impersonation';
import { newId } from '@tenantry/db/ids';
import {
  type ListedImpersonation,
  endImpersonation as writeEnd,
  insertImpersonation,
  pageOfImpersonations,
  readImpersonation,
} from '@tenantry/db/impersonation/queries';
import { isMember } from '@tenantry/db/membership/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { impersonationPrefix } from '@tenantry/domain/impersonation/credential';
import { refuse } from '@tenantry/domain/refusals';
import type { Context, DirectoryContext } from '../context.ts';
import type { StaffIdentity } from '../ports.ts';

async function stored(tx: AccountTransaction, id: string): Promise<ListedImpersonation> {
  const found = await readImpersonation(tx, id);
  if (found === undefined) throw new Error('The impersonation that was just written is not there.');
  return found;
}

/**
 * Lets the member of staff who calls read an account as one of its members does, for some minutes; only this answer has the
 * credential, which the API takes. Refuses `not_found` for somebody who is no member, and `role_forbids` to no staff.
 */
export async function createImpersonation(
  { tx, actor, now, identity }: Context & { identity: Pick<StaffIdentity, 'mintToken'> },
  { userId, reason, minutes }: CreateImpersonationInput,
) {
  if (actor.kind !== 'staff') return refuse('role_forbids');
  if (!(await isMember(tx, userId))) return refuse('not_found');
  const { token, digest: tokenDigest } = identity.mintToken();
  const id = newId();
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  const one = { id, userId, staffId: actor.staffId, reason, tokenDigest, createdAt: now, expiresAt };
  await insertImpersonation(tx, one);
  return { ...(await stored(tx, id)), credential: `${impersonationPrefix}${token}` };
}

/** The impersonations, newest first: all, those that are open, or one's own. */
export function listImpersonations(
  { database, actor, now }: DirectoryContext,
  { isOpen, isOwn, ...page }: ListImpersonationsInput,
) {
  const staffId = isOwn && actor.kind === 'staff' ? actor.staffId : null;
  return database.withoutAccount.read({}, (tx) =>
    pageOfImpersonations(tx, { ...page, isOpen, staffId }, now),
  );
}

/** Ends an impersonation now. Refuses `not_found`, and `conflict` for one that has ended. */
export async function endImpersonation({ tx }: Context, { impersonationId }: EndImpersonationInput) {
  if ((await readImpersonation(tx, impersonationId)) === undefined) return refuse('not_found');
  if (!(await writeEnd(tx, impersonationId))) return refuse('conflict');
  return stored(tx, impersonationId);
}
