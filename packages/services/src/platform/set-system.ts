import { getAccount, lockAccount } from '@tenantry/db/account/queries';
import { insertAuditEntry } from '@tenantry/db/audit/queries';
import { updateRow } from '@tenantry/db/row';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { done } from '../done.ts';

/**
 * Makes an account a system account, or an ordinary one again. Only the owner of the schema may; the audit row has the
 * reason. Refuses `conflict` when nothing would change.
 */
export async function setSystem(
  { tx }: Pick<Context, 'tx'>,
  { system, reason }: { system: boolean; reason: string },
) {
  await lockAccount(tx);
  const account = await getAccount(tx);
  if (account.system === system) return refuse('conflict');
  await updateRow(tx, account, { system });
  await insertAuditEntry(tx, system ? 'account.grantSystem' : 'account.revokeSystem', tx.accountId, {
    reason,
  });
  return done;
}
