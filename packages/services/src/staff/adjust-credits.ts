import type { AdjustCreditsInput } from '@tenantry/contract/staff-credit';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { fingerprintOf } from '@tenantry/db/idempotency/fingerprint';
import { findAnswer, rememberAnswer } from '@tenantry/db/idempotency/natural-key';
import { newId } from '@tenantry/db/ids';
import { type Adjustment, adjust } from '@tenantry/domain/credit/correct';
import { type Refusal, type RefusalCode, isRefusal, refuse } from '@tenantry/domain/refusals';
import { findEntryOfReference } from '@tenantry/ledger/read/entries';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';
import { correctBooks } from './correct-books.ts';
import { expiryOf, refusalOfBound } from './preview-adjustment.ts';

/**
 * Gives or takes credits, with a reason that the entry keeps. The same reference with the same terms answers the same
 * bytes and changes nothing. Refuses `insufficient_credits` with the figures, `invalid_input` for an expiry that has
 * passed or that belongs to credits that are taken, `reference_taken` for a reference with other terms, `conflict` with
 * the figures above the bound that two members of staff decide, and `role_forbids` to staff who are members of the
 * account.
 */
export async function adjustCredits({ tx, approvals }: Context<'approvals'>, input: AdjustCreditsInput) {
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const bound = () => refusalOfBound(tx, input.amount, approvals.secondApproverCredits);
  return adjustNow({ tx }, input, bound);
}

/** Gives or takes credits whoever decided it. `refusalOf` refuses what was not done before under its reference. */
export async function adjustNow<Code extends RefusalCode = never>(
  { tx }: Pick<Context, 'tx'>,
  input: AdjustCreditsInput,
  refusalOf: () => Promise<Refusal<Code> | undefined> = async () => undefined,
) {
  const { amount, reason, kind, reference } = input;
  const key = reference === undefined ? undefined : keyOf(reference, input);
  const known = key === undefined ? undefined : await findAnswer(tx, key);
  if (known !== undefined)
    return known.fingerprint === key?.fingerprint ? known.answer : refuse('reference_taken');
  // An adjustment that was made before answers were stored has none.
  if (reference !== undefined && (await findEntryOfReference(tx, reference)) !== null)
    return refuse('reference_taken');
  const refusal = await refusalOf();
  if (refusal !== undefined) return refusal;
  const id = newId();
  const expiry = await expiryOf(tx, input);
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
