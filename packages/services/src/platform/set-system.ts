import { getAccount, lockAccount } from '@tenantry/db/account/queries';
import { insertAuditEntry } from '@tenantry/db/audit/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Refusal, refuse } from '@tenantry/domain/refusals';

/**
 * Makes an account a system account, or an ordinary one again. Only the owner of the schema may; the reason stands in
 * the audit. Refuses `conflict` when nothing would change.
 */
export async function setSystem(
  tx: AccountTransaction,
  { system, reason }: { system: boolean; reason: string },
): Promise<object | Refusal<'conflict'>> {
  await lockAccount(tx);
  const account = await getAccount(tx);
  if (account.system === system) return refuse('conflict');
  await updateRow(tx, account, { system });
  const { accountId } = tx;
  await insertAuditEntry(tx, system ? 'account.grantSystem' : 'account.revokeSystem', accountId, { reason });
  return {};
}
