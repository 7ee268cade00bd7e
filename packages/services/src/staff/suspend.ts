import type { ChangeAccountStatusInput } from '@tenantry/contract/staff-account';
import { getAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { updateRow } from '@tenantry/db/row';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { staffAccountView } from './account-view.ts';

/** Suspends an account: the gate refuses each of its credentials until it is reactivated. Refuses `conflict` for a closed one. */
export async function suspendAccount({ tx }: Context, { reason }: ChangeAccountStatusInput) {
  const account = await getAccount(tx);
  if (account.status === 'closed') return refuse('conflict');
  await updateRow(tx, account, { status: 'suspended', statusReason: reason });
  await enqueueOutboxMessage(tx, 'account.suspended', {});
  return staffAccountView(tx);
}

/** Lifts a suspension. Refuses `conflict` for a closed account. */
export async function reactivateAccount({ tx }: Context, _input: ChangeAccountStatusInput) {
  const account = await getAccount(tx);
  if (account.status === 'closed') return refuse('conflict');
  await updateRow(tx, account, { status: 'active', statusReason: null });
  await enqueueOutboxMessage(tx, 'account.reactivated', {});
  return staffAccountView(tx);
}
