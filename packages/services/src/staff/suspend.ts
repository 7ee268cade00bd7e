import type { ChangeAccountStatusInput } from '@tenantry/contract/staff-account';
import { getAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { updateRow } from '@tenantry/db/row';
import { refuse } from '@tenantry/domain/refusals';
import type { Flow } from '../ports.ts';
import { onAccount, staffAccountView } from './on-account.ts';

/** Suspends an account: every credential of it is refused until it is reactivated. Refuses `not_found`, `conflict` for a closed one. */
export function suspendAccount(flow: Flow, input: ChangeAccountStatusInput) {
  return change(flow, input, 'suspended');
}

/** Lifts a suspension. Refuses `not_found`, `conflict` for a closed account. */
export function reactivateAccount(flow: Flow, input: ChangeAccountStatusInput) {
  return change(flow, input, 'active');
}

function change(flow: Flow, { accountId, reason }: ChangeAccountStatusInput, status: 'suspended' | 'active') {
  const action = status === 'suspended' ? 'account.suspend' : 'account.reactivate';
  return onAccount(flow, { accountId, action, subjectId: accountId, facts: { reason } }, async (tx) => {
    const account = await getAccount(tx);
    if (account.status === 'closed') return refuse('conflict');
    await updateRow(tx, account, { status, statusReason: status === 'suspended' ? reason : null });
    await enqueueOutboxMessage(tx, status === 'suspended' ? 'account.suspended' : 'account.reactivated', {});
    return staffAccountView(tx);
  });
}
