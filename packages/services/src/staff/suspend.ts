import type { ChangeAccountStatusInput } from '@tenantry/contract/staff-account';
import { getAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { updateRow } from '@tenantry/db/row';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { close } from '../account/close.ts';
import { staffAccountView } from './account-view.ts';

/**
 * Suspends an account: the gate refuses each of its credentials until it is reactivated. One that is suspended gets the
 * new reason. Refuses `conflict` for a closed one.
 */
export async function suspendAccount({ tx }: Context, { reason }: ChangeAccountStatusInput) {
  const account = await getAccount(tx);
  if (account.status === 'closed') return refuse('conflict');
  const isNew = account.status !== 'suspended';
  await updateRow(tx, account, { status: 'suspended', statusReason: reason });
  if (isNew) await enqueueOutboxMessage(tx, 'account.suspended', {});
  return staffAccountView(tx);
}

/** Lifts a suspension. Refuses `conflict` for an account that is not suspended. */
export async function reactivateAccount({ tx }: Context, _input: ChangeAccountStatusInput) {
  const account = await getAccount(tx);
  if (account.status !== 'suspended') return refuse('conflict');
  await updateRow(tx, account, { status: 'active', statusReason: null });
  await enqueueOutboxMessage(tx, 'account.reactivated', {});
  return staffAccountView(tx);
}

/**
 * Closes an account for good, as its owner would: keys and open invitations end, open holds are given back, and members
 * read what is there and change nothing. A suspended one can be closed. Refuses `conflict` for a closed one.
 */
export async function closeAccountForStaff({ tx }: Context, { reason }: ChangeAccountStatusInput) {
  if ((await getAccount(tx)).status === 'closed') return refuse('conflict');
  await close(tx, reason);
  return staffAccountView(tx);
}
