import type { AdjustCreditsInput } from '@tenantry/contract/staff-credit';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { fingerprintOf } from '@tenantry/db/idempotency/fingerprint';
import { findAnswer, rememberAnswer } from '@tenantry/db/idempotency/natural-key';
import { newId } from '@tenantry/db/ids';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import { type Adjustment, adjust } from '@tenantry/domain/credit/correct';
import { purchaseExpiry } from '@tenantry/domain/credit/schedule';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { findEntryOfReference } from '@tenantry/ledger/read/entries';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';
import { correctBooks } from './correct-books.ts';

/**
 * Gives or takes credits, with a reason that the entry keeps. The same reference with the same terms answers the same
 * bytes and changes nothing. Refuses `insufficient_credits` with the figures, `invalid_input` for an expiry that has
 * passed or that belongs to credits that are taken, `reference_taken` for a reference with other terms, and
 * `role_forbids` to staff who are members of the account.
 */
export async function adjustCredits({ tx, now }: Context, input: AdjustCreditsInput) {
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const { amount, reason, kind, reference, expiresAt } = input;
  const key = reference === undefined ? undefined : keyOf(reference, input);
  const known = key === undefined ? undefined : await findAnswer(tx, key);
  if (known !== undefined)
    return known.fingerprint === key?.fingerprint ? known.answer : refuse('reference_taken');
  // An adjustment that was made before answers were stored has none.
  if (reference !== undefined && (await findEntryOfReference(tx, reference)) !== null)
    return refuse('reference_taken');
  const id = newId();
  const ends = kind === 'purchase' ? purchaseExpiry(await getPlanOfAccount(tx), now) : null;
  const expiry = expiresAt === undefined ? ends : new Date(expiresAt);
  const grant = { id, kind, expiresAt: expiry, reference: `adjustment:${reference ?? id}` };
  const facts = { reason, ...(reference === undefined ? {} : { reference }) };
  const corrected = await correctBooks({ tx }, adjustBooks, { grant, amount, facts });
  if (isRefusal(corrected)) return corrected;
  await enqueueOutboxMessage(tx, 'credit.adjusted', { entryId: corrected.entry.id, amount });
  if (key !== undefined) await rememberAnswer(tx, key, corrected);
  return corrected;
}

/** What staff call an adjustment by stands for its terms, as long as the account exists. */
function keyOf(reference: string, { accountId: _account, ...terms }: AdjustCreditsInput) {
  return { procedure: 'credit.adjust', key: `reference ${reference}`, fingerprint: fingerprintOf(terms) };
}

const adjustBooks: LedgerService<Adjustment, null, 'insufficient_credits' | 'invalid_input'> = {
  reads: () => ({}),
  decide({ view, now }, adjustment) {
    const books = adjust(view.books, adjustment, now);
    return isRefusal(books) ? books : { books, answer: null };
  },
};
