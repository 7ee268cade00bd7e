import { getAccount, lockAccount } from '@tenantry/db/account/queries';
import { recordDeed } from '@tenantry/db/audit/queries';
import type { Records } from '@tenantry/db/transact';
import { type Refusal, refuse } from '@tenantry/domain/refusals';

/**
 * Makes an account a system account, or an ordinary one again. Only the owner of the schema may; the reason stands in
 * the audit. Refuses `conflict` when nothing would change.
 */
export async function setSystem(
  records: Records,
  { system, reason }: { system: boolean; reason: string },
): Promise<object | Refusal<'conflict'>> {
  await lockAccount(records);
  const account = await getAccount(records);
  if (account.system === system) return refuse('conflict');
  account.system = system;
  await records.em.flush();
  const { accountId } = records;
  await recordDeed(records, system ? 'account.grantSystem' : 'account.revokeSystem', accountId, { reason });
  return {};
}
