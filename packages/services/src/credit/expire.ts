import { loadBooks, writeBooks } from '@tenantry/db/credit/books';
import { accountsBehindTime } from '@tenantry/db/jobs';
import type { Records } from '@tenantry/db/transact';
import { catchUp } from '@tenantry/domain/credit/catch-up';
import type { Flow } from '../ports.ts';
import { expiredHold } from './hold.ts';

/** Writes down, account by account, what time has done to holds and grants. Housekeeping: nothing depends on it. */
export async function expireCredits({ database, deed }: Flow): Promise<number> {
  const accounts = await database.look({}, (em) => accountsBehindTime(em, deed.now));
  for (const accountId of accounts) await database.transact({ accountId }, deed, expireOne);
  return accounts.length;
}

async function expireOne(records: Records): Promise<void> {
  const before = await loadBooks(records, 'lock');
  const after = catchUp(before, records.now);
  if (after.postings.length === 0) return;
  const resolved = before.overdue.map((hold) => expiredHold(hold.id));
  await writeBooks(records, { before, after, resolved });
}
