import { newId } from '@tenantry/db/ids';
import type { CallInfo } from '@tenantry/db/transaction';
import { change } from '@tenantry/ledger/change';
import { grantCredits as grant } from '@tenantry/services/credit/grant';
import type { TestDatabase } from './database.ts';

/** Gives an account credits that never expire, through the ledger, as a purchase does. */
export async function grantCredits(database: TestDatabase, accountId: string, amount: number): Promise<void> {
  const callInfo: CallInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() };
  const id = newId();
  await database.api.inAccount.write({ accountId }, callInfo, (tx) =>
    change(tx, grant, { id, kind: 'purchase', amount, expiresAt: null, reference: id }),
  );
}
