import type { ReverseChargeInput } from '@tenantry/contract/staff-credit';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { newId } from '@tenantry/db/ids';
import { reverse } from '@tenantry/domain/credit/correct';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';
import { correctBooks } from './correct-books.ts';

/**
 * Refunds a charge, whole or in part, once. Refuses `not_found`, `conflict` for an entry that is no charge or was
 * reversed before, `amount_mismatch` with the figures above what is left of the charge, and `role_forbids` to staff who
 * are members of the account.
 */
export async function reverseCharge({ tx }: Context, { entryId, amount, reason }: ReverseChargeInput) {
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const grant = { id: newId(), reference: `reversal:${entryId}` };
  const corrected = await correctBooks({ tx }, reverseBooks, { entryId, amount, reason, grant });
  if (isRefusal(corrected)) return corrected;
  const { id, amount: reversed } = corrected.entry;
  await enqueueOutboxMessage(tx, 'credit.reversed', { entryId: id, reversesId: entryId, amount: reversed });
  return corrected;
}

interface Reversal extends Pick<ReverseChargeInput, 'entryId' | 'amount' | 'reason'> {
  /** The grant that takes what came from grants that have ended. */
  grant: { id: string; reference: string };
}

const reverseBooks: LedgerService<Reversal, null, 'not_found' | 'conflict' | 'amount_mismatch'> = {
  reads: ({ entryId }) => ({ entryIds: [entryId] }),
  decide({ view, now }, { entryId, ...reversal }) {
    const charge = view.entry(entryId);
    if (charge === undefined) return refuse('not_found');
    const books = reverse(view.books, charge, reversal, now);
    return isRefusal(books) ? books : { books, answer: null };
  },
};
