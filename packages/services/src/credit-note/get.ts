import type { CreditNoteInput } from '@tenantry/contract/credit-note';
import { findCreditNote } from '@tenantry/db/billing/credit-note';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { creditNoteView } from './view.ts';

/** One credit note. Refuses `not_found`. */
export async function getCreditNote({ tx }: Pick<Context, 'tx'>, { creditNoteId }: CreditNoteInput) {
  const note = await findCreditNote(tx, creditNoteId);
  return note === null ? refuse('not_found') : creditNoteView(note);
}
