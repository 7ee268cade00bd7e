import { loadBooks, writeBooks } from '@tenantry/db/credit/books';
import { newId } from '@tenantry/db/ids';
import type { CallInfo } from '@tenantry/db/transaction';
import { addGrant } from '@tenantry/domain/credit/grants';
import type { TestDatabase } from './database.ts';

/** Gives an account credits that never expire, through its books, as a purchase does. */
export async function grantCredits(database: TestDatabase, accountId: string, amount: number): Promise<void> {
  const callInfo: CallInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() };
  await database.api.inAccount.write({ accountId }, callInfo, async (tx) => {
    const before = await loadBooks(tx, 'lock');
    const id = newId();
    const grant = { id, kind: 'purchase', amount, expiresAt: null, reference: id } as const;
    await writeBooks(tx, { before, after: addGrant(before, grant) });
  });
}
