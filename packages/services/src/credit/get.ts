import type { AccountTransaction } from '@tenantry/db/transaction';
import type { Balance, GrantKind } from '@tenantry/domain/credit/books';
import { availableByKind } from '@tenantry/domain/credit/grants';
import type { Books } from '@tenantry/domain/credit/ledger';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { booksAt, booksNow } from '@tenantry/ledger/read/balance';

export interface CreditView extends Balance {
  byKind: Record<GrantKind, number>;
}

/** The account's credits as they are now, whether or not what is due has been written. */
export async function getCredits(tx: AccountTransaction): Promise<CreditView> {
  return viewOf(await booksNow(tx), tx.now);
}

/** The account's credits as they were at a time, by its journal. Refuses `invalid_input` for a time to come. */
export async function getCreditsAt(
  tx: AccountTransaction,
  { at }: { at?: string | undefined },
): Promise<CreditView | Refusal<'invalid_input'>> {
  if (at === undefined) return getCredits(tx);
  const moment = new Date(at);
  return moment > tx.now ? refuse('invalid_input', inFuture) : viewOf(await booksAt(tx, moment), moment);
}

const viewOf = ({ balance, grants }: Books, at: Date): CreditView => ({
  ...balance,
  byKind: availableByKind(grants, at),
});

const inFuture = { errors: [{ path: 'at', message: 'is a time to come' }] };
