import { loadBooks, loadBooksAt } from '@tenantry/db/credit/books';
import type { Records } from '@tenantry/db/transact';
import type { Balance, GrantKind } from '@tenantry/domain/credit/books';
import { type StaleBooks, catchUp } from '@tenantry/domain/credit/catch-up';
import { availableByKind } from '@tenantry/domain/credit/grants';
import { type Refusal, refuse } from '@tenantry/domain/refusals';

export interface CreditView extends Balance {
  byKind: Record<GrantKind, number>;
}

/** The account's credits as they are now, whether or not anybody has written down what time has done. */
export async function getCredits(records: Records): Promise<CreditView> {
  return viewOf(await loadBooks(records, 'read'), records.now);
}

/** The account's credits as they were at a time, by its journal. Refuses `invalid_input` for a time to come. */
export async function getCreditsAt(
  records: Records,
  { at }: { at?: string | undefined },
): Promise<CreditView | Refusal<'invalid_input'>> {
  if (at === undefined) return getCredits(records);
  const moment = new Date(at);
  return moment > records.now
    ? refuse('invalid_input', inFuture)
    : viewOf(await loadBooksAt(records, moment), moment);
}

function viewOf(stored: StaleBooks, at: Date): CreditView {
  const { balance, grants } = catchUp(stored, at);
  return { ...balance, byKind: availableByKind(grants, at) };
}

const inFuture = { errors: [{ path: 'at', message: 'is a time to come' }] };
