import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { type CallInfo, openDatabase } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { setSystem } from '@tenantry/services/platform/set-system';

/** Which account is made a system account, or no longer one, and why. */
export interface SystemChange {
  accountId: string;
  system: boolean;
  reason: string;
}

const idForm = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Sets or takes the system flag of an account, as the owner of the schema. Throws when it cannot. */
export async function changeSystem(
  { ownerUrl }: { ownerUrl: string },
  { accountId, ...change }: SystemChange,
  now: Date,
): Promise<string> {
  if (!idForm.test(accountId)) throw new Error('the account is named by its id, a UUID');
  const database = openDatabase(await openOrm(ownerUrl, 1));
  try {
    const actor = { kind: 'system', job: 'cli' } as const;
    const callInfo: CallInfo = { actor, requestId: newId(), now };
    const done = await database.inAccount.write({ accountId }, callInfo, (tx) => setSystem({ tx }, change));
    if (isRefusal(done)) throw new Error(`the account ${change.system ? 'is one' : 'is none'} already`);
    return `${accountId} is ${change.system ? 'now' : 'no longer'} a system account.`;
  } finally {
    await database.close();
  }
}
