import type { PageInput } from '@tenantry/contract/page';
import { listCreditNotes as findCreditNotes } from '@tenantry/db/billing/credit-note';
import type { Context } from '../context.ts';
import { creditNoteView } from './view.ts';

/** The credit notes of the account, newest first. */
export async function listCreditNotes({ tx }: Context, input: PageInput) {
  const page = await findCreditNotes(tx, input);
  return { ...page, items: page.items.map(creditNoteView) };
}
