import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { newId } from '@tenantry/db/ids';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type Adjustment, adjust } from '@tenantry/domain/credit/correct';
import { purchaseExpiry } from '@tenantry/domain/credit/schedule';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { findEntryOfReference } from '@tenantry/ledger/read/entries';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Flow } from '../ports.ts';
import { type Correction, correctBooks, correctionOf } from './correct-books.ts';
import { refusalOfInsider } from './insider.ts';
import { Unchanged, onAccount } from './on-account.ts';

export interface AdjustInput {
  accountId: string;
  /** Above zero gives, below zero takes. */
  amount: number;
  reason: string;
  /** What is given; credits that are taken have no kind. */
  kind?: 'adjustment' | 'promo' | 'purchase' | undefined;
  /** Without it credits never end, but for purchased ones where the plan says so. */
  expiresAt?: string | undefined;
  /** What staff call the adjustment by; once in an account. */
  reference?: string | undefined;
}

/**
 * Gives or takes credits by staff's word, with a reason that stays in the entry. The same reference again answers the
 * same entry and changes nothing. Refuses `not_found`, `insufficient_credits` with the figures, `invalid_input` for
 * an expiry that is over or of credits that are taken, `reference_taken` for a reference of another amount, and
 * `role_forbids` to staff who are members of the account.
 */
export function adjustCredits(flow: Flow, input: AdjustInput): Promise<Correction | Refusal> {
  const { accountId, amount, reason } = input;
  const facts = { reason, amount: String(amount) };
  const callInfo = { accountId, action: 'credit.adjust', subjectId: accountId, facts };
  return onAccount<Correction>(flow, callInfo, (tx) => correct(tx, input));
}

async function correct(
  tx: AccountTransaction,
  { amount, reason, kind = 'adjustment', reference, expiresAt }: AdjustInput,
): Promise<Correction | Unchanged<Correction> | Refusal> {
  const insider = await refusalOfInsider(tx);
  if (insider !== undefined) return insider;
  const known = reference === undefined ? null : await findEntryOfReference(tx, reference);
  if (known !== null) {
    const isSame = known.amount === Math.abs(amount) && (known.toBook === 'granted') === amount < 0;
    return isSame ? new Unchanged(await correctionOf(tx, known)) : refuse('reference_taken');
  }
  const id = newId();
  const facts = { reason, ...(reference === undefined ? {} : { reference }) };
  const ends = kind === 'purchase' ? purchaseExpiry(await getPlanOfAccount(tx), tx.now) : null;
  const expiry = expiresAt === undefined ? ends : new Date(expiresAt);
  const grant = { id, kind, expiresAt: expiry, reference: `adjustment:${reference ?? id}` };
  const corrected = await correctBooks(tx, adjustBooks, { grant, amount, facts });
  if (!isRefusal(corrected))
    await enqueueOutboxMessage(tx, 'credit.adjusted', {
      entryId: corrected.entry.id,
      amount: String(amount),
    });
  return corrected;
}

const adjustBooks: LedgerService<Adjustment, null, 'insufficient_credits' | 'invalid_input'> = {
  reads: () => ({}),
  decide({ view, now }, adjustment) {
    const books = adjust(view.books, adjustment, now);
    return isRefusal(books) ? books : { books, answer: null };
  },
};
