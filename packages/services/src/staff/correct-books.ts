import { writeBooks } from '@tenantry/db/credit/books';
import type { StoredBooks } from '@tenantry/db/credit/change';
import type { LedgerEntry } from '@tenantry/db/credit/entity';
import { newestEntry } from '@tenantry/db/credit/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { catchUp } from '@tenantry/domain/credit/catch-up';
import type { Books } from '@tenantry/domain/credit/ledger';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { type CreditView, getCredits } from '../credit/get.ts';
import { expiredHold } from '../credit/hold.ts';
import { entryView } from '../credit/view.ts';

/** The entry that a correction is, and the credits that it leaves. */
export interface Correction {
  entry: ReturnType<typeof entryView>;
  credits: CreditView;
}

/** Corrects the locked books in one entry, behind what time has done to them. */
export async function correctBooks(
  tx: AccountTransaction,
  before: StoredBooks,
  rule: (books: Books) => Books | Refusal,
): Promise<Correction | Refusal> {
  const after = rule(catchUp(before, tx.now));
  if (isRefusal(after)) return after;
  const resolved = before.overdue.map(({ id }) => expiredHold(id));
  await writeBooks(tx, { before, after, resolved });
  return correctionOf(tx, await newestEntry(tx));
}

/** A correction as staff see it. */
export async function correctionOf(tx: AccountTransaction, entry: LedgerEntry): Promise<Correction> {
  return { entry: entryView(entry), credits: await getCredits(tx) };
}
