import { creditNote, creditNoteInput } from '@tenantry/contract/credit-note';
import { listOf, pageInput } from '@tenantry/contract/page';
import { getCreditNote } from '@tenantry/services/credit-note/get';
import { listCreditNotes } from '@tenantry/services/credit-note/list';
import { router, run, tenant } from '../procedures.ts';
import { invoiceReads } from './invoice.ts';

const tags = ['invoice'];

export const creditNoteRouter = router({
  get: tenant(
    { ...invoiceReads, refusals: ['not_found'] },
    { method: 'GET', path: '/credit-notes/{creditNoteId}', tags, summary: 'One credit note' },
  )
    .input(creditNoteInput)
    .output(creditNote)
    .query(run(getCreditNote)),

  list: tenant(invoiceReads, {
    method: 'GET',
    path: '/credit-notes',
    tags,
    summary: 'The credit notes: what was sent back of paid invoices',
  })
    .input(pageInput)
    .output(listOf(creditNote))
    .query(run(listCreditNotes)),
});
