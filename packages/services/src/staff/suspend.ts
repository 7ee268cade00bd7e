import type { ChangeAccountStatusInput } from '@tenantry/contract/staff-account';
import { getAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { updateRow } from '@tenantry/db/row';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
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
