import { loadBooks, loadBooksAt } from '@tenantry/db/credit/books';
import type { AccountTransaction } from '@tenantry/db/transaction';
import type { Balance, GrantKind } from '@tenantry/domain/credit/books';
import { type StaleBooks, catchUp } from '@tenantry/domain/credit/catch-up';
import { availableByKind } from '@tenantry/domain/credit/grants';
import { type Refusal, refuse } from '@tenantry/domain/refusals';

export interface CreditView extends Balance {
  byKind: Record<GrantKind, number>;
}

/** The account's credits as they are now, whether or not anybody has written down what time has done. */
export async function getCredits(tx: AccountTransaction): Promise<CreditView> {
  return viewOf(await loadBooks(tx, 'read'), tx.now);
}

/** The account's credits as they were at a time, by its journal. Refuses `invalid_input` for a time to come. */
export async function getCreditsAt(
  tx: AccountTransaction,
  { at }: { at?: string | undefined },
): Promise<CreditView | Refusal<'invalid_input'>> {
  if (at === undefined) return getCredits(tx);
  const moment = new Date(at);
  return moment > tx.now ? refuse('invalid_input', inFuture) : viewOf(await loadBooksAt(tx, moment), moment);
}

function viewOf(stored: StaleBooks, at: Date): CreditView {
  const { balance, grants } = catchUp(stored, at);
  return { ...balance, byKind: availableByKind(grants, at) };
}

const inFuture = { errors: [{ path: 'at', message: 'is a time to come' }] };
