import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { newId } from '@tenantry/db/ids';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { reverse } from '@tenantry/domain/credit/correct';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Flow } from '../ports.ts';
import { type Correction, correctBooks } from './correct-books.ts';
import { refusalOfInsider } from './insider.ts';
import { onAccount } from './on-account.ts';

export interface ReverseInput {
  accountId: string;
  entryId: string;
  /** All that is left of the charge, unless told. */
  amount?: number | undefined;
  reason: string;
}

/**
 * Refunds a charge, whole or in part, once. Refuses `not_found`, `conflict` for an entry that is no charge or was
 * reversed before, `amount_mismatch` with the figures above what is left of the charge, and `role_forbids` to staff who
 * are members of the account.
 */
export function reverseCharge(flow: Flow, input: ReverseInput): Promise<Correction | Refusal> {
  const { accountId, entryId, reason } = input;
  const callInfo = { accountId, action: 'credit.reverse', subjectId: entryId, facts: { reason } };
  return onAccount<Correction>(flow, callInfo, (tx) => correct(tx, input));
}

async function correct(
  tx: AccountTransaction,
  { entryId, amount, reason }: ReverseInput,
): Promise<Correction | Refusal> {
  const insider = await refusalOfInsider(tx);
  if (insider !== undefined) return insider;
  const grant = { id: newId(), reference: `reversal:${entryId}` };
  const corrected = await correctBooks(tx, reverseBooks, { entryId, amount, reason, grant });
  if (!isRefusal(corrected)) {
    const told = { entryId: corrected.entry.id, reversesId: entryId, amount: String(corrected.entry.amount) };
    await enqueueOutboxMessage(tx, 'credit.reversed', told);
  }
  return corrected;
}

interface Reversal extends Pick<ReverseInput, 'entryId' | 'amount' | 'reason'> {
  /** The grant that is made of what came from grants that are over. */
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
