import type { GetCreditsInput } from '@tenantry/contract/credit-balance';
import type { Balance, GrantKind } from '@tenantry/domain/credit/books';
import { availableByKind } from '@tenantry/domain/credit/grants';
import type { Books } from '@tenantry/domain/credit/ledger';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { booksAt, booksNow } from '@tenantry/ledger/read/balance';
import type { Context } from '../context.ts';

export interface CreditView extends Balance {
  byKind: Record<GrantKind, number>;
}

/** The account's credits at the time of the call, whether or not what is due has been written. */
export async function getCredits({ tx }: Pick<Context, 'tx'>): Promise<CreditView> {
  return creditView(await booksNow(tx), tx.now);
}

/** The account's credits as they were at a time, by its journal. Refuses `invalid_input` for a time in the future. */
export async function getCreditsAt(
  { tx }: Context,
  { at }: GetCreditsInput,
): Promise<CreditView | Refusal<'invalid_input'>> {
  if (at === undefined) return getCredits({ tx });
  const moment = new Date(at);
  return moment > tx.now ? refuse('invalid_input', inFuture) : creditView(await booksAt(tx, moment), moment);
}

/** Books at a time as a client sees them. */
export const creditView = ({ balance, grants }: Books, at: Date): CreditView => ({
  ...balance,
  byKind: availableByKind(grants, at),
});

const inFuture = { errors: [{ path: 'at', message: 'is in the future' }] };
