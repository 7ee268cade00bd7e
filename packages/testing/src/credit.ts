import { loadBooks, writeBooks } from '@tenantry/db/credit/books';
import { newId } from '@tenantry/db/ids';
import type { Deed } from '@tenantry/db/transact';
import { addGrant } from '@tenantry/domain/credit/grants';
import type { TestDatabase } from './database.ts';

/** Gives an account credits that never expire, through its books, as a purchase does. */
export async function grantCredits(database: TestDatabase, accountId: string, amount: number): Promise<void> {
  const deed: Deed = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() };
  await database.api.transact({ accountId }, deed, async (records) => {
    const before = await loadBooks(records, 'lock');
    const id = newId();
    const grant = { id, kind: 'purchase', amount, expiresAt: null, reference: id } as const;
    await writeBooks(records, { before, after: addGrant(before, grant) });
  });
}
