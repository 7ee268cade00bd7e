import type { CloseAccountInput } from '@tenantry/contract/account';
import { getAccount as findAccount } from '@tenantry/db/account/queries';
import { revokeAllKeys } from '@tenantry/db/api-key/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { endAllInvitations } from '@tenantry/db/invitation/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { MemberContext } from '../context.ts';
import { releaseAllHolds } from '../credit/release-all.ts';
import { roleOfActor } from '../member/role.ts';
import { proveAgain } from '../session/prove-again.ts';
import { getAccount } from './get.ts';

/**
 * Closes the account for good, by an owner who proves again that it is them. Its keys and open invitations end and its
 * open holds are given back, in one transaction; members stay, and read its invoices. Refuses `unauthenticated` for a
 * wrong password or code, `throttled` after too many, `role_forbids`, and `conflict` for an account that is not active
 * any more.
 */
export function closeAccount(
  { commit, ...context }: MemberContext<'identity' | 'sessionCache'>,
  input: CloseAccountInput,
) {
  return proveAgain(context, input, async (settle) => {
    const closed = await commit(
      async (tx) => (await refusalIfNotOwner(tx)) ?? (await settle(tx)) ?? closeByOwner(tx),
    );
    if (!isRefusal(closed)) context.sessionCache.forgetAccount(closed.id);
    return closed;
  });
}

/** Asks again under the account's lock whether the person is an owner. */
async function refusalIfNotOwner(tx: AccountTransaction): Promise<Refusal<'role_forbids'> | undefined> {
  const role = await roleOfActor(tx);
  if (isRefusal(role)) return role;
  return role === 'owner' ? undefined : refuse('role_forbids');
}

async function closeByOwner(tx: AccountTransaction) {
  const { status } = await findAccount(tx);
  if (status !== 'active') return refuse('conflict');
  await close(tx, 'Closed by its owner.');
  return getAccount({ tx });
}

/** Closes an account that is not closed: its keys and open invitations end, and its open holds are given back. */
export async function close(tx: AccountTransaction, statusReason: string): Promise<void> {
  await updateRow(tx, await findAccount(tx), { status: 'closed', statusReason });
  await revokeAllKeys(tx);
  await endAllInvitations(tx);
  await releaseAllHolds(tx);
  await enqueueOutboxMessage(tx, 'account.closed', {});
}
